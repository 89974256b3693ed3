#pragma once

#include <vector>

#include "core/tiling/restore_tiled.h"
#include "tests/core/support/sections.h"

namespace firstframe {

/// Restores a section request by request, as an ITK stream division or a seismic shard would, and puts it together.
inline Section restored_in_parts(const Restorer& restorer, const Section& degraded,
                                 const std::vector<Region>& parts, const RestoreSettings& settings) {
  Section restored(degraded.type(), degraded.channels(), degraded.extent());
  restored.set_range(degraded.range());
  for (const auto& part : parts) {
    SectionSpan target = restored.span();
    target.data += part.row * target.layout.row_stride + part.col * target.layout.col_stride;
    target.layout.extent = part.extent();
    restore_tiled(restorer, degraded.view(), part, target, settings);
  }
  return restored;
}

/// Four uneven rectangles that cover a section of at least 2 x 2 pixels; none ends where a tile does.
inline std::vector<Region> uneven_quarters(Extent extent) {
  const auto row = std::max<std::int64_t>(1, extent.rows * 3 / 7),
             col = std::max<std::int64_t>(1, extent.cols * 5 / 8);
  return {{0, 0, row, col},
          {0, col, row, extent.cols - col},
          {row, 0, extent.rows - row, col},
          {row, col, extent.rows - row, extent.cols - col}};
}

/// Stripes of a few rows each.
inline std::vector<Region> stripes(Extent extent, std::int64_t rows) {
  std::vector<Region> all;
  for (std::int64_t row = 0; row < extent.rows; row += rows)
    all.push_back({row, 0, std::min(rows, extent.rows - row), extent.cols});
  return all;
}

}  // namespace firstframe
