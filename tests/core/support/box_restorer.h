#pragma once

#include "core/restorers/restorer.h"

namespace firstframe {

/// A restorer simple enough to be checked by a slow loop: every pixel becomes the mean of the square around it.
class BoxRestorer final : public Restorer {
 public:
  BoxRestorer(std::int64_t reach, std::int64_t side, std::int64_t multiple = 1, std::int64_t channels = 1,
              Border border = Border::reflect)
      : reach_(reach), needs_{reach, multiple, side} {
    info_.restorer = "box";
    info_.channels = channels;
    info_.border = border;
  }

  const ModelInfo& info() const override { return info_; }
  Model model() const override { return {info_, {}}; }
  TileNeeds tile_needs(const RestoreSettings&) const override { return needs_; }

  void restore_tile(const TileShape& tile, std::span<const float> degraded, std::span<float> restored,
                    const RestoreSettings&) const override {
    const auto cols = tile.extent.cols + 2 * tile.halo;
    const auto plane = (tile.extent.rows + 2 * tile.halo) * cols;
    std::size_t at = 0;
    for (std::int64_t channel = 0; channel < info_.channels; ++channel)
      for (std::int64_t r = 0; r < tile.extent.rows; ++r)
        for (std::int64_t c = 0; c < tile.extent.cols; ++c) {
          float sum = 0;
          for (std::int64_t y = r + tile.halo - reach_; y <= r + tile.halo + reach_; ++y)
            for (std::int64_t x = c + tile.halo - reach_; x <= c + tile.halo + reach_; ++x)
              sum += degraded[static_cast<std::size_t>(channel * plane + y * cols + x)];
          restored[at++] = sum / static_cast<float>((2 * reach_ + 1) * (2 * reach_ + 1));
        }
  }

 private:
  std::int64_t reach_;
  TileNeeds needs_;
  ModelInfo info_;
};

}  // namespace firstframe
