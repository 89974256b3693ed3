#include "core/metrics/oct_regions.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/metrics/intensity.h"

namespace firstframe {
namespace {

constexpr std::int64_t kSmallestSide = 64;    // pixels
constexpr std::int64_t kFewestPixels = 16;    // of a region
constexpr double kMostBlack = 0.01;           // of a window
constexpr std::size_t kLayers = 3;

// Sums over rectangles in four look-ups.
class Sums {
 public:
  Sums(Extent extent, const std::vector<double>& values)
      : cols_(extent.cols + 1), sums_(static_cast<std::size_t>((extent.rows + 1) * cols_)) {
    for (std::int64_t r = 0; r < extent.rows; ++r)
      for (std::int64_t c = 0; c < extent.cols; ++c)
        at(r + 1, c + 1) = at(r + 1, c) + at(r, c + 1) - at(r, c) + values[static_cast<std::size_t>(r * extent.cols + c)];
  }
  double mean(const Region& w) {
    return (at(w.row + w.rows, w.col + w.cols) - at(w.row, w.col + w.cols) - at(w.row + w.rows, w.col) + at(w.row, w.col)) /
           static_cast<double>(w.rows * w.cols);
  }

 private:
  double& at(std::int64_t row, std::int64_t col) { return sums_[static_cast<std::size_t>(row * cols_ + col)]; }

  std::int64_t cols_;
  std::vector<double> sums_;
};

struct Window {
  Region region;
  double mean = 0;
};

class Finder {
 public:
  explicit Finder(const SectionView& section)
      : extent_(section.layout.extent), values_(values_in(section, {0, 0, extent_.rows, extent_.cols})),
        means_(extent_, values_), black_(extent_, black()) {}

  // From the brightest to the darkest; of equals the first.
  std::vector<Window> windows(Extent side) {
    std::vector<Window> all;
    for (std::int64_t r = 0; r + side.rows <= extent_.rows; r += side.rows / 2)
      for (std::int64_t c = 0; c + side.cols <= extent_.cols; c += side.cols / 2) {
        const Region region{r, c, side.rows, side.cols};
        if (black_.mean(region) <= kMostBlack) all.push_back({region, means_.mean(region)});
      }
    std::stable_sort(all.begin(), all.end(), [](const Window& a, const Window& b) { return a.mean > b.mean; });
    return all;
  }

  // Of rows averaged over these columns.
  std::int64_t brightest_row(std::int64_t col, std::int64_t cols) {
    constexpr std::int64_t kRows = 3;  // at a time
    std::int64_t best = 0;
    for (std::int64_t r = 0; r + kRows <= extent_.rows; ++r)
      if (means_.mean({r, col, kRows, cols}) > means_.mean({best, col, kRows, cols})) best = r;
    return best;
  }

 private:
  std::vector<double> black() const {
    std::vector<double> is_black;
    for (const double value : values_) is_black.push_back(value <= 0 ? 1 : 0);
    return is_black;
  }

  Extent extent_;
  std::vector<double> values_;
  Sums means_, black_;
};

bool are_apart(const Region& a, const Region& b) {
  return a.col + 2 * a.cols <= b.col || b.col + 2 * b.cols <= a.col;
}

}  // namespace

OctRegions find_oct_regions(const SectionView& section) {
  const auto extent = section.layout.extent;
  if (std::min(extent.rows, extent.cols) < kSmallestSide)
    throw FormatError(text("OCT regions: the picture is ", name_of(extent), ", they are found in at least ", kSmallestSide,
                           " x ", kSmallestSide, "; give a background and a layer"));
  Finder finder(section);
  OctRegions found;
  for (const auto& window : finder.windows({std::max<std::int64_t>(6, extent.rows / 40), std::max<std::int64_t>(16, extent.cols / 16)}))
    if (found.layers.size() < kLayers &&
        std::all_of(found.layers.begin(), found.layers.end(), [&](const Region& other) { return are_apart(window.region, other); }))
      found.layers.push_back(window.region);

  const Extent side{std::max<std::int64_t>(16, extent.rows / 10), std::max<std::int64_t>(16, extent.cols / 6)};
  const auto windows = finder.windows(side);
  const auto dark = std::find_if(windows.rbegin(), windows.rend(), [&](const Window& window) {
    return window.region.row + 2 * side.rows <= finder.brightest_row(window.region.col, side.cols);
  });
  if (found.layers.empty() || dark == windows.rend())
    throw FormatError(text("OCT regions: no ", found.layers.empty() ? "bright layer" : "background above the brightest layer",
                           " was found; give a background and a layer"));
  found.background = dark->region;
  return found;
}

void check_oct_regions(const OctRegions& regions, Extent section) {
  if (regions.layers.empty()) throw ArgumentError("OCT regions: there is no layer; give at least one");
  auto all = regions.layers;
  all.push_back(regions.background);
  for (const auto& region : all) {
    if (region.row < 0 || region.col < 0 || region.rows < 1 || region.cols < 1 || region.row + region.rows > section.rows ||
        region.col + region.cols > section.cols)
      throw ArgumentError(text("OCT regions: ", name_of(region), " leaves the ", name_of(section), " picture"));
    if (region.extent().area() < kFewestPixels)
      throw ArgumentError(text("OCT regions: ", name_of(region), " has ", region.extent().area(), " pixels; use at least ",
                               kFewestPixels));
  }
}

std::string name_of(const Region& region) {
  return text(region.row, ",", region.col, ",", region.rows, "x", region.cols);
}

}  // namespace firstframe
