#pragma once

#include <cstdint>
#include <vector>

#include "core/frame/section.h"

namespace firstframe {

/// What a restorer asks of the tiles it is given.
struct TileNeeds {
  std::int64_t halo = 0;            // pixels beyond each edge that an exact inside depends on
  std::int64_t multiple = 1;        // tile sides and tile origins are multiples of this
  std::int64_t preferred_side = 256;  // pixels; chosen so that the working set stays in cache
};

/// A fixed grid of equal tiles over a section, anchored at its first pixel.
///
/// The grid depends on the section's extent and the restorer's needs alone, never on the threads or on which
/// part is asked for, and all tiles have one shape: the last ones run over the edge and what lies outside is
/// dropped. Hence the same bytes for any number of threads and any split of a section into requests.
struct TilePlan {
  Extent section;
  Extent tile;             // of every tile, without halo
  std::int64_t halo = 0;   // pixels around a tile, from TileNeeds

  std::int64_t rows() const { return (section.rows + tile.rows - 1) / tile.rows; }
  std::int64_t cols() const { return (section.cols + tile.cols - 1) / tile.cols; }

  /// The tiles that overlap `request`, in row-major order, each with its full shape (it may run over the edge).
  std::vector<Region> tiles_over(const Region& request) const;
};

/// \throws ArgumentError when the section is empty or a need is out of range
TilePlan plan_tiles(Extent section, const TileNeeds& needs);

}  // namespace firstframe
