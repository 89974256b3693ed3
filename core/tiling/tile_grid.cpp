#include "core/tiling/tile_grid.h"

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {

TileGrid::TileGrid(const TilePlan& plan, const Region& request) : tile_(plan.tile) {
  if (request.row < 0 || request.col < 0 || request.rows < 1 || request.cols < 1 ||
      request.row + request.rows > plan.section.rows || request.col + request.cols > plan.section.cols)
    throw ArgumentError(text("tile plan: a request of ", name_of(request.extent()), " at row ", request.row,
                             ", column ", request.col, " leaves the ", name_of(plan.section), " section"));
  const auto row = request.row / tile_.rows, col = request.col / tile_.cols;
  grid_ = {row, col, (request.row + request.rows - 1) / tile_.rows + 1 - row,
           (request.col + request.cols - 1) / tile_.cols + 1 - col};
}

}  // namespace firstframe
