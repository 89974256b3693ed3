#pragma once

#include <cstdint>
#include <span>

#include "core/base/scratch.h"
#include "core/frame/section.h"
#include "core/tiling/patch_plan.h"

namespace firstframe {

/// The window-weighted mean of overlapping patch estimates of one tile.
///
/// Estimates are summed in the order in which they are added, in float32, so that the same patches in the
/// same order give the same bytes. One OverlapAverage belongs to one tile and one thread, whose Scratch it holds.
class OverlapAverage {
 public:
  /// \param window  patch * patch weights, all > 0 (blend_window.h); they must outlive it
  OverlapAverage(std::int64_t channels, Extent tile, std::int64_t patch, std::span<const float> window);

  /// Adds one estimate: channels * patch * patch values, planar. Parts outside the tile are left out.
  void add(const float* estimate, Corner corner);

  /// Writes the mean: channels planes of tile.area() values.
  /// \throws ArgumentError when a pixel was covered by no patch
  void finish(std::span<float> restored);

 private:
  std::int64_t channels_;
  Extent tile_;
  std::int64_t patch_;
  std::span<const float> window_;
  Scratch<float> sum_;     // [C, H, W]
  Scratch<float> weight_;  // [H, W]
};

}  // namespace firstframe
