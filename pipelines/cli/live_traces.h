#pragma once

#include <cstdint>
#include <vector>

#include "core/seismic/traces.h"
#include "io/seismic/trace_state.h"
#include "io/volume/section_source.h"

namespace firstframe {

/// A section in the units of its file, and what its columns are.
struct SectionTraces {
  Traces traces;                   // columns that are not live are filled, as a network sees them
  std::vector<TraceState> states;  // of the columns; all live for a volume that is not SEG-Y
};

/// \throws as SectionSource::read and traces_of
SectionTraces read_traces(SectionSource& source, std::int64_t index);

/// The columns that are live in all of the sections, in order: those that figures count. Columns of dead and absent traces hold
/// what was interpolated, which nobody recorded.
std::vector<std::int64_t> live_columns(const std::vector<const SectionTraces*>& sections);

/// These columns side by side. \throws ArgumentError for none
Traces columns_of(const Traces& traces, const std::vector<std::int64_t>& columns);

/// Puts `part`, which has one column for each of these, into them.
void put_columns(Traces& traces, const std::vector<std::int64_t>& columns, const Traces& part);

}  // namespace firstframe
