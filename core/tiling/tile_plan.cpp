#include "core/tiling/tile_plan.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/tiling/tile_grid.h"

namespace firstframe {
namespace {

// Splits a length into equal tiles near the preferred side, so that the last one is not mostly outside.
std::int64_t tile_side(std::int64_t length, const TileNeeds& needs) {
  const auto tiles = (length + needs.preferred_side - 1) / needs.preferred_side;
  const auto side = (length + tiles - 1) / tiles;
  return (side + needs.multiple - 1) / needs.multiple * needs.multiple;
}

}  // namespace

TilePlan plan_tiles(Extent section, const TileNeeds& needs) {
  if (section.rows < 1 || section.cols < 1)
    throw ArgumentError(text("tile plan: a ", name_of(section), " section holds no pixel"));
  if (needs.halo < 0 || needs.multiple < 1 || needs.preferred_side < 1)
    throw ArgumentError(text("tile plan: halo ", needs.halo, ", multiple ", needs.multiple, ", side ",
                             needs.preferred_side, " are not accepted; use at least 0, 1, 1"));
  return {section, {tile_side(section.rows, needs), tile_side(section.cols, needs)}, needs.halo};
}

std::vector<Region> TilePlan::tiles_over(const Region& request) const {
  const TileGrid grid(*this, request);
  std::vector<Region> tiles;
  for (std::size_t i = 0; i < grid.size(); ++i) tiles.push_back(grid[i]);
  return tiles;
}

}  // namespace firstframe
