#include "core/restorers/classical/edge_fold.h"

#include <cmath>
#include <numbers>
#include <vector>

namespace firstframe {
namespace {

// The part of itself that the pixel keeps: from a half at the edge to one, as a raised cosine.
float kept(std::int64_t distance, std::int64_t width) {
  const double way = (static_cast<double>(distance) + 0.5) / static_cast<double>(width);
  return static_cast<float>(0.75 - 0.25 * std::cos(std::numbers::pi * way));
}

void mix(float& a, float& b, float own) {
  const float before = a;
  a = own * a + (1 - own) * b;
  b = own * b + (1 - own) * before;
}

}  // namespace

void fold_edges(std::span<float> plane, Extent extent, std::int64_t width) {
  const auto [rows, cols] = extent;
  for (std::int64_t d = 0; d < width; ++d) {
    const float own = kept(d, width);
    float* top = plane.data() + d * cols;
    float* bottom = plane.data() + (rows - 1 - d) * cols;
    for (std::int64_t c = 0; c < cols; ++c) mix(top[c], bottom[c], own);
  }
  std::vector<float> own(static_cast<std::size_t>(width));
  for (std::int64_t d = 0; d < width; ++d) own[d] = kept(d, width);
  for (std::int64_t r = 0; r < rows; ++r) {
    float* line = plane.data() + r * cols;
    for (std::int64_t d = 0; d < width; ++d) mix(line[d], line[cols - 1 - d], own[d]);
  }
}

}  // namespace firstframe
