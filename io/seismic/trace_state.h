#pragma once

#include <cstddef>
#include <cstdint>

#include "io/seismic/segy_layout.h"

namespace firstframe {

/// What a column of a seismic section is.
enum class TraceState : std::uint8_t {
  live,
  dead,    // marked so (trace identification code 2), or every sample is 0
  absent,  // no trace of the file stands there
};

/// Of a trace of the file: live or dead.
/// \param trace    its header and samples, as they lie in the file
/// \param decoded  its samples, as decode_trace gives them
TraceState state_of(const SegyLayout& layout, const std::byte* trace, const std::byte* decoded);

}  // namespace firstframe
