#pragma once

#include "core/restorers/network_restorer.h"

namespace firstframe {

/// A network that makes one pixel of a patch (patch2pixel): a patch is cut around every pixel, each gives its own, and
/// nothing is averaged. Settings `stride` and `window` have no meaning here.
///
/// Cost: a patch per pixel, (patch / 2)^2 times as many as PatchRestorer takes by default.
class PixelRestorer final : public NetworkRestorer {
 public:
  using NetworkRestorer::NetworkRestorer;

  /// \throws ArgumentError when a stride of more than one pixel is asked for
  TileNeeds tile_needs(const RestoreSettings& settings) const override;
  void restore_tile(const TileShape& tile, std::span<const float> degraded, std::span<float> restored,
                    const RestoreSettings& settings) const override;
  torch::Tensor restore_piece(const torch::Tensor& degraded, const TileShape& piece, const RestoreSettings& settings) const override;
};

}  // namespace firstframe
