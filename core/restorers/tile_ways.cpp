#include "core/restorers/tile_ways.h"

namespace firstframe {

TileWay::TileWay(const ModelInfo& info, std::int64_t number, Extent extent, std::int64_t pitch) : shown_(extent) {
  const auto [rows, cols] = extent;
  if (pitch == 0) pitch = cols;
  if (info.augment == "renoise") {
    const bool flips_cols = number & 1, flips_rows = number & 2;
    is_negative_ = number & 4;
    first_ = (flips_rows ? (rows - 1) * pitch : 0) + (flips_cols ? cols - 1 : 0);
    down_ = flips_rows ? -pitch : pitch;
    across_ = flips_cols ? -1 : 1;
    return;
  }
  // Mirrored first, then turned to the left number % 4 times.
  const std::int64_t left = number >= 4 ? cols - 1 : 0, right = cols - 1 - left, step = number >= 4 ? -1 : 1;
  switch (number % 4) {
    case 0: first_ = left, down_ = pitch, across_ = step; break;
    case 1: first_ = right, down_ = -step, across_ = pitch; break;
    case 2: first_ = (rows - 1) * pitch + right, down_ = -pitch, across_ = -step; break;
    case 3: first_ = (rows - 1) * pitch + left, down_ = step, across_ = -pitch; break;
  }
  if (number % 2 == 1) shown_ = {cols, rows};
}

template <typename Visit>
void TileWay::walk(std::int64_t channels, const Visit& visit) const {
  std::int64_t shown = 0;
  for (std::int64_t channel = 0; channel < channels; ++channel)
    for (std::int64_t r = 0; r < shown_.rows; ++r) {
      auto at = channel * shown_.area() + first_ + r * down_;
      for (std::int64_t c = 0; c < shown_.cols; ++c, at += across_) visit(at, shown++);
    }
}

void TileWay::show(const float* planes, std::int64_t channels, float* shown) const {
  if (is_negative_)
    walk(channels, [&](auto at, auto i) { shown[i] = 1 - planes[at]; });
  else
    walk(channels, [&](auto at, auto i) { shown[i] = planes[at]; });
}

void TileWay::add_back(const float* shown, std::int64_t channels, float* sum) const {
  if (is_negative_)
    walk(channels, [&](auto at, auto i) { sum[at] += 1 - shown[i]; });
  else
    walk(channels, [&](auto at, auto i) { sum[at] += shown[i]; });
}

}  // namespace firstframe
