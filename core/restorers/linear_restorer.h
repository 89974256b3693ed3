#pragma once

#include <vector>

#include "core/restorers/restorer.h"

namespace firstframe {

/// The least-squares filter on the CPU: every restored pixel is a weighted sum of the degraded pixels around it, and a
/// bias. It needs no LibTorch, no memory beyond its weights, and for the ensemble no more time: the mean over the eight
/// ways to lay a frame is one filter, the mean of the eight filters.
///
/// Cost: channels^2 * size^2 multiplications per pixel.
class LinearRestorer final : public Restorer {
 public:
  /// \param model  with weights "filter.weight" [C, C, size, size] and "filter.bias" [C], as load_weights() accepts them
  explicit LinearRestorer(Model model);

  const ModelInfo& info() const override { return model_.info; }
  Model model() const override { return model_; }
  TileNeeds tile_needs(const RestoreSettings& settings) const override;
  void restore_tile(const TileShape& tile, std::span<const float> degraded, std::span<float> restored,
                    const RestoreSettings& settings) const override;

 private:
  Model model_;
  std::int64_t size_;
  std::vector<float> of_all_ways_;  // the ensemble's filter, laid out as the weight
};

}  // namespace firstframe
