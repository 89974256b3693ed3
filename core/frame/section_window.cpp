#include "core/frame/section_window.h"

#include <algorithm>
#include <utility>

namespace firstframe {
namespace {

// First and count of the indices that `count` ones from `first` on stand for.
std::pair<std::int64_t, std::int64_t> indices(std::int64_t first, std::int64_t count, std::int64_t length, Border border) {
  std::int64_t low = length - 1, high = 0;
  for (std::int64_t i = first; i < first + count; ++i) {
    const auto inside = border_index(i, length, border);
    low = std::min(low, inside);
    high = std::max(high, inside);
  }
  return {low, high - low + 1};
}

}  // namespace

SectionWindow whole_window(const SectionView& section) { return {section, 0, 0, section.layout.extent}; }

Region shown_by(const Region& region, Extent section, Border border) {
  const auto [row, rows] = indices(region.row, region.rows, section.rows, border);
  const auto [col, cols] = indices(region.col, region.cols, section.cols, border);
  return {row, col, rows, cols};
}

}  // namespace firstframe
