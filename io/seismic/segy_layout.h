#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "io/files/file_reader.h"
#include "io/seismic/segy_options.h"
#include "io/seismic/segy_field.h"
#include "io/seismic/segy_samples.h"

namespace firstframe {

/// Where the traces of a SEG-Y or SU file lie, and what their samples are.
struct SegyLayout {
  bool is_su = false;             // bare traces: no text, no binary header
  bool big_endian = true;         // headers and samples
  int format = kIbmFloat;
  std::int64_t samples = 0;       // per trace
  std::int64_t interval_us = 0;   // sample interval; 0 where no header says it
  std::int64_t traces = 0;
  std::int64_t extended_headers = 0;
  std::int64_t revision = 0;      // of the standard: 0, 1 or 2
  std::int64_t begin = 0;         // of the first trace header, bytes
  std::int64_t file_bytes = 0;    // what lies behind end() is a trailer

  std::int64_t trace_bytes() const { return kTraceHeaderBytes + samples * segy_sample_bytes(format); }
  std::int64_t at(std::int64_t trace) const { return begin + trace * trace_bytes(); }
  std::int64_t end() const { return at(traces); }
};

/// Reads the binary header and the first trace headers, and measures them against each other and against the file's length.
///
/// Byte order: the one in which the format code is one of the standard's. Samples per trace: the binary header's when whole
/// traces of that length fill the file, else the first trace header's; what was believed is noted.
///
/// \param findings  gets a sentence for every contradiction
/// \throws FormatError for a file that is cut or no SEG-Y, of traces of several lengths, and for what is not read, by name: more
///         than 32767 samples, other formats, a variable number of extended headers, fields of revision 2 that move the traces
/// \throws ArgumentError when the options contradict the file's length
SegyLayout read_segy_layout(const FileReader& file, const SegyOptions& options, std::vector<std::string>& findings);

/// The same for SU: 240-byte headers and native floats, from the first byte on.
SegyLayout read_su_layout(const FileReader& file, const SegyOptions& options, std::vector<std::string>& findings);

}  // namespace firstframe
