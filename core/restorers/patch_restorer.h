#pragma once

#include "core/restorers/network_restorer.h"

namespace firstframe {

/// A network that knows one patch size: tiles are cut into overlapping patches, whose estimates are averaged.
class PatchRestorer final : public NetworkRestorer {
 public:
  using NetworkRestorer::NetworkRestorer;

  TileNeeds tile_needs(const RestoreSettings& settings) const override;
  void restore_tile(const TileShape& tile, std::span<const float> degraded, std::span<float> restored,
                    const RestoreSettings& settings) const override;

 private:
  std::int64_t stride(const RestoreSettings& settings) const;
};

}  // namespace firstframe
