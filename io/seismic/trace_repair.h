#pragma once

#include <cstdint>
#include <vector>

#include "core/frame/section.h"
#include "io/seismic/trace_state.h"

namespace firstframe {

/// Fills the columns that are not live with what lies between the nearest live ones, sample by sample and linearly, at the edge with the
/// nearest live one: so that neither a network's halo nor a mean of neighbours meets zeros that nobody recorded. A section
/// without a live column stays as it is.
/// \param section  [1, samples, traces] of uint8, uint16 or float32; \param states  of its columns
void fill_dead_traces(Section& section, const std::vector<TraceState>& states);

/// Whether no sample is NaN or infinite, which nearly all traces are: one pass without a branch.
bool is_finite(const float* trace, std::int64_t samples);

/// Replaces what is NaN or infinite in a trace by what lies between its nearest finite samples, linearly, at its ends by the nearest.
/// A trace without a finite sample becomes 0.
/// \return places of the samples replaced, counted from 0
std::vector<std::int64_t> replace_non_finite(float* trace, std::int64_t samples);

}  // namespace firstframe
