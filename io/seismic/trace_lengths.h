#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "io/files/file_reader.h"
#include "io/seismic/segy_layout.h"

namespace firstframe {

/// How many samples a trace has, from what the headers say and what the file's length allows.
///
/// \param layout     everything but samples, traces; gets these two
/// \param announced  by the binary header; 0 where there is none
/// \throws as read_segy_layout
void settle_trace_length(const FileReader& file, std::int64_t announced, const SegyOptions& options, SegyLayout& layout,
                         std::vector<std::string>& findings);

/// Where the traces' own headers lead from trace to trace and just to the end of the file, and not all have one length: a
/// sentence that says which differ. Nothing for a file of traces of one length.
std::optional<std::string> varying_lengths(const FileReader& file, const SegyLayout& layout);

}  // namespace firstframe
