#pragma once

#include "core/tiling/tile_plan.h"

namespace firstframe {

/// The tiles that TilePlan::tiles_over() lists, one at a time, without the list.
class TileGrid {
 public:
  /// \throws ArgumentError when the request leaves the section
  TileGrid(const TilePlan& plan, const Region& request);

  std::size_t size() const { return static_cast<std::size_t>(grid_.extent().area()); }
  Region operator[](std::size_t index) const {
    const auto at = static_cast<std::int64_t>(index);
    return {(grid_.row + at / grid_.cols) * tile_.rows, (grid_.col + at % grid_.cols) * tile_.cols, tile_.rows, tile_.cols};
  }

 private:
  Extent tile_;
  Region grid_;  // in tiles
};

}  // namespace firstframe
