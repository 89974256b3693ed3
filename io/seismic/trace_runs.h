#pragma once

#include <cstdint>
#include <vector>

#include "io/seismic/segy_file.h"

namespace firstframe {

/// A trace of a section: where it stands in the file and in the section.
struct PlacedTrace {
  std::int32_t trace;
  std::int64_t column;
};

/// Traces that lie one behind the other in the file, to be read or written at once.
struct TraceRun {
  std::vector<PlacedTrace> traces;
  std::int64_t first() const { return traces.front().trace; }
};

/// The traces of a section, by their place in the file, in runs of at most 512 KiB.
std::vector<TraceRun> runs_of(const SegyFile& segy, std::int64_t section);

}  // namespace firstframe
