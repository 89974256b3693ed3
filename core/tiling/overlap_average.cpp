#include "core/tiling/overlap_average.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {

OverlapAverage::OverlapAverage(std::int64_t channels, Extent tile, std::int64_t patch, std::span<const float> window)
    : channels_(channels),
      tile_(tile),
      patch_(patch),
      window_(window),
      sum_(static_cast<std::size_t>(channels * tile.area())),
      weight_(static_cast<std::size_t>(tile.area())) {
  if (static_cast<std::int64_t>(window_.size()) != patch * patch)
    throw ArgumentError(text("overlap average: a window of ", window_.size(), " weights does not fit patches of ",
                             patch, " x ", patch));
  std::fill(sum_.begin(), sum_.end(), 0.0f);
  std::fill(weight_.begin(), weight_.end(), 0.0f);
}

void OverlapAverage::add(const float* estimate, Corner corner) {
  const auto first_row = std::max<std::int64_t>(0, -corner.row);
  const auto last_row = std::min(patch_, tile_.rows - corner.row);
  const auto first_col = std::max<std::int64_t>(0, -corner.col);
  const auto last_col = std::min(patch_, tile_.cols - corner.col);
  for (auto r = first_row; r < last_row; ++r) {
    const float* window = window_.data() + r * patch_;
    const auto at = (corner.row + r) * tile_.cols + corner.col;
    float* weight = weight_.data() + at;
    for (auto c = first_col; c < last_col; ++c) weight[c] += window[c];
    for (std::int64_t channel = 0; channel < channels_; ++channel) {
      float* sum = sum_.data() + channel * tile_.area() + at;
      const float* values = estimate + (channel * patch_ + r) * patch_;
      for (auto c = first_col; c < last_col; ++c) sum[c] += window[c] * values[c];
    }
  }
}

void OverlapAverage::finish(std::span<float> restored) {
  const auto area = static_cast<std::size_t>(tile_.area());
  for (std::size_t i = 0; i < area; ++i)
    if (!(weight_[i] > 0))
      throw ArgumentError(text("overlap average: row ", i / tile_.cols, ", column ", i % tile_.cols,
                               " is covered by no patch; use a stride of at most the patch side"));
  for (std::size_t channel = 0; channel < static_cast<std::size_t>(channels_); ++channel)
    for (std::size_t i = 0; i < area; ++i) restored[channel * area + i] = sum_[channel * area + i] / weight_[i];
}

}  // namespace firstframe
