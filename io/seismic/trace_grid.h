#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "io/files/file_reader.h"
#include "io/seismic/segy_layout.h"
#include "io/seismic/segy_options.h"

namespace firstframe {

/// What the trace headers say, trace by trace.
struct TraceNumbers {
  std::vector<std::int32_t> inlines, crosslines, gathers;
  std::int64_t marked_dead = 0;                             // trace identification code 2
  std::int64_t shortest = 0, longest = 0;                   // sample counts of the trace headers; 0 where none says one
};

/// One pass over the trace headers. Cost: 240 bytes read per trace.
/// \throws FormatError when the headers lead from trace to trace by several lengths, or the file ends
TraceNumbers read_trace_numbers(const FileReader& file, const SegyLayout& layout, const SegyOptions& options);

/// Which trace stands where: sections of columns.
struct TraceGrid {
  SegySections kind = SegySections::everything;  // never automatic
  std::int64_t sections = 0, columns = 0;
  std::int64_t offsets = 1;                      // traces at one inline and crossline; a section holds one of each
  std::vector<std::int32_t> lines;               // number of each line or gather, `sections / offsets` of them; ascending for lines
  std::vector<std::int32_t> across;              // number of each column; empty for gathers and everything
  std::vector<std::int32_t> traces;              // [sections][columns], counted from 0 in the file; -1 where there is none

  std::int32_t trace(std::int64_t section, std::int64_t column) const {
    return traces[static_cast<std::size_t>(section * columns + column)];
  }
  /// "inline 111", "inline 111, trace 2 of 3 at its place", "gather 7", "all traces".
  std::string section_name(std::int64_t section) const;
};

/// "inlines", "crosslines", "gathers", "everything".
std::string name_of(SegySections kind);

/// Places the traces. Traces may stand in the file in any order; places of the grid without a trace are left empty.
///
/// \param findings  is told why an automatic choice found no grid
/// \throws FormatError when inlines or crosslines are asked for and the headers make no grid, naming the numbers found;
///         when gathers are so uneven that less than a tenth of their places has a trace
TraceGrid place_traces(const TraceNumbers& numbers, const SegyOptions& options, std::vector<std::string>& findings);

}  // namespace firstframe
