#include "core/registration/repeat_motion.h"

#include <algorithm>
#include <cmath>

namespace firstframe {
namespace {

// The first place that shows its own pixel, and how many do, when they are looked up `moved` further along.
std::pair<std::int64_t, std::int64_t> covered_along(std::int64_t length, double moved) {
  const auto first = static_cast<std::int64_t>(std::ceil(std::max(0.0, -moved)));
  const auto end = length - static_cast<std::int64_t>(std::ceil(std::max(0.0, moved)));
  return {first, std::max<std::int64_t>(0, end - first)};
}

}  // namespace

Region covered_by(Extent extent, const RepeatMotion& motion) {
  const auto [row, rows] = covered_along(extent.rows, motion.down);
  const auto [col, cols] = covered_along(extent.cols, motion.across);
  return {row, col, rows, cols};
}

}  // namespace firstframe
