#pragma once

#include <cstdint>

#include "core/frame/section.h"

namespace firstframe {

/// First row and column of a patch, counted from the first pixel of its tile; negative inside the halo.
struct Corner {
  std::int64_t row = 0;
  std::int64_t col = 0;
  bool operator==(const Corner&) const = default;
};

/// Where patches are cut: a square grid of corners, numbered in row-major order. It holds no list of them.
struct PatchPlan {
  std::int64_t first = 0;  // row and column of the first corner
  std::int64_t stride = 1;
  std::int64_t down = 0;   // corners in each direction
  std::int64_t across = 0;

  std::int64_t size() const { return down * across; }
  Corner operator[](std::int64_t index) const { return {first + index / across * stride, first + index % across * stride}; }
};

/// The stride that patches of this side are cut at when nobody says otherwise: half of it, rounded up. Under a Hann window that gives
/// within 0.05 dB what every pixel's own patch gives (docs/results/performance.md), for one patch in 64 of them.
inline std::int64_t usual_stride(std::int64_t patch) { return (patch + 1) / 2; }

/// Chooses where square patches are cut so that every pixel of a tile is covered.
///
/// Patches stand on a fixed grid, `stride` apart, that starts before the tile (by at most `patch - 1` pixels) and
/// goes on beyond its end: every pixel is covered by as many patches as the one a stride further, at the border too
/// (by the same number everywhere when `stride` divides `patch`), and neighbouring tiles cut the same patches where
/// they meet. What lies outside the section is the tile's
/// halo (see border.h). A section smaller than a patch is no special case.
///
///     // a 48 x 48 tile, patch 9, stride 3: starts -6, -3 ... 45 on each axis: 18 x 18 = 324 patches
///     auto plan = plan_patches({48, 48}, /*patch=*/9, /*stride=*/3);
///
/// \param tile    rows and columns; both multiples of `stride`, so that all tiles share one grid
/// \param patch   side of a patch, pixels, > 0
/// \param stride  distance between patch starts, pixels, 1..`patch`
/// \return never empty
/// \throws ArgumentError with the value found and the range accepted
///
/// Source: overlapping patch estimates after D. Pereg, "One-Shot Image Restoration", arXiv:2404.17426.
/// That the grid runs over the border is our own choice.
PatchPlan plan_patches(Extent tile, std::int64_t patch, std::int64_t stride);

}  // namespace firstframe
