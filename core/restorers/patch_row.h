#pragma once

#include <cstdint>

#include "core/engine/recurrent_engine.h"
#include "core/restorers/tile_ways.h"

namespace firstframe {

/// A row of patches of a tile: `count` of them, `stride` pixels apart.
struct PatchRow {
  const float* first = nullptr;     // first pixel of the first patch, in its first plane
  std::int64_t line_stride = 0;
  std::int64_t plane_stride = 0;
  std::int64_t stride = 0;
  std::int64_t count = 0;
};

/// The mean of every patch of a row over its pixels and channels.
/// \param means  [count]
void patch_means(const PatchRow& row, std::int64_t channels, std::int64_t patch, float* means);

/// The time steps of a row of patches in one of the eight ways, as the engine takes them.
/// \param steps  [steps, count, padded_inputs] in the engine's type
void gather_steps(const RecurrentEngine& engine, const PatchRow& row, const ModelInfo& info, std::int64_t way,
                  const float* means, std::uint32_t* steps);

/// Adds what the engine changes in a row of patches, weighted by a window, to sums around the tile.
/// \param change  [steps, count, outputs]
/// \param window  [patch, patch]
/// \param sums    as `row.first` and its strides, but to be written
void scatter_change(const RecurrentEngine& engine, const PatchRow& row, const ModelInfo& info, std::int64_t way,
                    const float* change, const float* window, float* sums);

}  // namespace firstframe
