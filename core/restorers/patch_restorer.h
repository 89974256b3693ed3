#pragma once

#include <array>
#include <vector>

#include "core/restorers/network_restorer.h"

namespace firstframe {

/// A network that knows one patch size: tiles are cut into overlapping patches, whose estimates are averaged.
class PatchRestorer final : public NetworkRestorer {
 public:
  PatchRestorer(std::shared_ptr<Network> network, ModelInfo info, torch::Device device, torch::ScalarType compute,
                Runner runner = Runner::fastest);

  TileNeeds tile_needs(const RestoreSettings& settings) const override;
  void restore_tile(const TileShape& tile, std::span<const float> degraded, std::span<float> restored,
                    const RestoreSettings& settings) const override;
  torch::Tensor restore_piece(const torch::Tensor& degraded, const TileShape& piece, const RestoreSettings& settings) const override;

 private:
  void run_engine(const TileShape& tile, const float* degraded, float* restored, const RestoreSettings& settings) const;
  std::int64_t stride(const RestoreSettings& settings) const;

  std::array<std::vector<float>, 3> weights_;  // of every Window
  std::array<torch::Tensor, 3> windows_;       // the same on the device, [patch, patch]
};

}  // namespace firstframe
