#include "core/tiling/tile_plan.h"

#include "core/base/error.h"
#include "core/base/text.h"

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
  if (request.row < 0 || request.col < 0 || request.rows < 1 || request.cols < 1 ||
      request.row + request.rows > section.rows || request.col + request.cols > section.cols)
    throw ArgumentError(text("tile plan: a request of ", name_of(request.extent()), " at row ", request.row,
                             ", column ", request.col, " leaves the ", name_of(section), " section"));
  std::vector<Region> tiles;
  for (auto r = request.row / tile.rows; r * tile.rows < request.row + request.rows; ++r)
    for (auto c = request.col / tile.cols; c * tile.cols < request.col + request.cols; ++c)
      tiles.push_back({r * tile.rows, c * tile.cols, tile.rows, tile.cols});
  return tiles;
}

}  // namespace firstframe
