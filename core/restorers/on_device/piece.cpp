#include "core/restorers/on_device/piece.h"

#include <algorithm>

#include "core/frame/normalised.h"
#include "core/tiling/tile_plan.h"

namespace firstframe {
namespace {

// Of the pixels from `first` on that are at hand, those which `count` pixels from `begin` on show.
std::vector<std::int64_t> shown_indices(std::int64_t begin, std::int64_t count, std::int64_t length, std::int64_t first,
                                        Border border) {
  std::vector<std::int64_t> indices;
  for (std::int64_t i = begin; i < begin + count; ++i) indices.push_back(border_index(i, length, border) - first);
  return indices;
}

}  // namespace

bool PieceWork::operator==(const PieceWork& other) const {
  return shape.extent == other.shape.extent && shape.halo == other.shape.halo && channels == other.channels &&
         from == other.from && to == other.to && from_range == other.from_range && to_range == other.to_range &&
         shown == other.shown && rows == other.rows && cols == other.cols && wanted == other.wanted && settings == other.settings;
}

Piece make_piece(const Region& place, std::int64_t halo, const SectionWindow& degraded, Border border, const Region& request,
                 const SectionSpan& restored, const RestoreSettings& settings) {
  const Region extended{place.row - halo, place.col - halo, place.rows + 2 * halo, place.cols + 2 * halo};
  check_holds(degraded, extended, border);
  const auto shown = shown_by(extended, degraded.section, border);
  check_finite(degraded, shown);
  const auto wanted = intersection(place, request);

  Piece piece;
  piece.degraded = degraded.pixels.crop({shown.row - degraded.row, shown.col - degraded.col, shown.rows, shown.cols});
  piece.restored = restored.crop({wanted.row - request.row, wanted.col - request.col, wanted.rows, wanted.cols});
  piece.work = {{place.extent(), halo},
                degraded.pixels.layout.channels,
                degraded.pixels.layout.type,
                restored.layout.type,
                degraded.pixels.layout.range,
                restored.layout.range,
                shown.extent(),
                shown_indices(extended.row, extended.rows, degraded.section.rows, shown.row, border),
                shown_indices(extended.col, extended.cols, degraded.section.cols, shown.col, border),
                {wanted.row - place.row, wanted.col - place.col, wanted.rows, wanted.cols},
                settings};
  piece.work.settings.threads = 0;
  return piece;
}

std::vector<Region> parts_of(const Region& region, std::int64_t side, std::int64_t multiple) {
  const auto most = std::max(multiple, side / multiple * multiple);
  const auto plan = plan_tiles(region.extent(), {/*halo=*/0, multiple, most});
  std::vector<Region> parts;
  for (const auto& part : plan.tiles_over({0, 0, region.rows, region.cols})) {
    const auto inside = intersection(part, {0, 0, region.rows, region.cols});
    parts.push_back({region.row + inside.row, region.col + inside.col, inside.rows, inside.cols});
  }
  return parts;
}

Region grown_to(const Region& region, std::int64_t multiple) {
  const auto row = region.row / multiple * multiple, col = region.col / multiple * multiple;
  const auto up = [&](std::int64_t length) { return (length + multiple - 1) / multiple * multiple; };
  return {row, col, up(region.row + region.rows - row), up(region.col + region.cols - col)};
}

}  // namespace firstframe
