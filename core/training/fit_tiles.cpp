#include "core/training/fit_tiles.h"

#include <algorithm>

namespace firstframe {
namespace {

constexpr std::int64_t kLargestReach = 15;
constexpr std::int64_t kMostPixels = 200'000;
constexpr std::int64_t kAcross = 3, kSide = 144;  // nine tiles of 144 x 144

Region inside(const Region& part, std::int64_t reach) {
  return {part.row + reach, part.col + reach, part.rows - 2 * reach, part.cols - 2 * reach};
}

}  // namespace

std::int64_t largest_reach(const Region& part) {
  std::int64_t reach = kLargestReach;
  for (; reach > 0; --reach) {
    const auto left = inside(part, reach);
    const auto taps = (2 * reach + 1) * (2 * reach + 1);
    if (std::min(left.rows, left.cols) > 0 && 2 * left.rows * left.cols >= part.rows * part.cols &&
        left.rows * left.cols >= 8 * taps)
      break;
  }
  return reach;
}

std::vector<Region> fit_tiles(const Region& part, std::int64_t reach) {
  const auto all = inside(part, reach);
  if (all.rows * all.cols <= kMostPixels) return {all};
  const auto rows = std::min(kSide, all.rows), cols = std::min(kSide, all.cols);
  const auto down = std::clamp<std::int64_t>(all.rows / kSide, 1, kAcross);  // none overlap
  const auto across = std::clamp<std::int64_t>(all.cols / kSide, 1, kAcross);
  const auto start = [](std::int64_t index, std::int64_t count, std::int64_t room) {
    return count == 1 ? room / 2 : index * room / (count - 1);
  };
  std::vector<Region> tiles;
  for (std::int64_t r = 0; r < down; ++r)
    for (std::int64_t c = 0; c < across; ++c)
      tiles.push_back({all.row + start(r, down, all.rows - rows), all.col + start(c, across, all.cols - cols), rows, cols});
  return tiles;
}

}  // namespace firstframe
