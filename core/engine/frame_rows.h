#pragma once

#include <cstdint>

#include "core/engine/frame_filters.h"
#include "core/engine/row_kernels.h"
#include "core/frame/section.h"

namespace firstframe {

/// A tile of a frame, of which a network sees squares of unshuffle x unshuffle pixels as the channels of one.
struct FrameRows {
  const float* degraded = nullptr;  // [channels, rows + 2 halo, cols + 2 halo]
  float* restored = nullptr;        // [channels, rows, cols]
  std::int64_t channels = 1;
  std::int64_t unshuffle = 1;
  Extent tile;                      // pixels
  std::int64_t halo = 0;            // pixels
};

/// One row of a network's input.
/// \param row     counted in squares from the tile's first
/// \param margin  squares before and behind the tile's
/// \param out     [tile.cols / unshuffle + 2 margin, stride], what lies beyond the channels 0
void load_row(const FrameRows& frame, const RowKernels& kernels, const FrameFilters& filters, std::int64_t row,
              std::int64_t margin, float* room, float* out, std::int64_t stride);

/// Values of room that load_row() needs.
std::int64_t room_for_row(const FrameRows& frame, const FrameFilters& filters, std::int64_t margin);

/// Adds what a network changes to the frame.
/// \param change  [tile.cols / unshuffle, channels x unshuffle x unshuffle]
void add_row(const FrameRows& frame, std::int64_t row, const float* change);

}  // namespace firstframe
