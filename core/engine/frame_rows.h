#pragma once

#include <cstdint>
#include <vector>

#include "core/engine/conv_graph.h"
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

/// The filters whose changes of a frame a network sees beside it, with room for a row of squares of them.
struct RowFilters {
  const float* taps = nullptr;  // [size, size, count]
  std::int64_t count = 0;
  std::int64_t size = 0;
  float* room = nullptr;        // count x unshuffle x pixels of a row
};

/// The graph's filters with those of one tap side by side, as FilterJob has them.
std::vector<float> interleaved_taps(const ConvGraph& graph);

/// One row of a network's input.
/// \param row     counted in squares from the tile's first
/// \param margin  squares before and behind the tile's
/// \param out     [tile.cols / unshuffle + 2 margin, padded channels] in the kernels' type
void load_row(const FrameRows& frame, const RowKernels& kernels, const RowFilters& filters, std::int64_t row,
              std::int64_t margin, std::uint32_t* out);

/// Adds what a network changes to the frame.
/// \param change  [tile.cols / unshuffle, channels x unshuffle x unshuffle]
void add_row(const FrameRows& frame, std::int64_t row, const float* change);

}  // namespace firstframe
