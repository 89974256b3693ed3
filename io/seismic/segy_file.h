#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "io/files/file_reader.h"
#include "io/seismic/segy_layout.h"
#include "io/seismic/trace_grid.h"

namespace firstframe {

/// An open SEG-Y or SU file: where its traces lie and which section each belongs to. Immutable.
struct SegyFile {
  SegyFile(const std::filesystem::path& path, const SegyOptions& options);

  FileReader file;
  SegyOptions options;
  SegyLayout layout;
  TraceGrid grid;
  std::int64_t marked_dead = 0;       // traces with identification code 2
  std::vector<std::string> findings;  // what contradicts what, and which was believed
};

/// Whether the content is that of a SEG-Y file, whatever its name: a text header that begins with "C", a known format code.
bool is_segy_file(const std::filesystem::path& path);

/// Opens it, headers only. Names ending in .su are SU.
/// \throws as open_volume, read_segy_layout, place_traces
std::shared_ptr<const SegyFile> open_segy_file(const std::filesystem::path& path, const SegyOptions& options = {});

/// The samples of the traces begin there too: "trace 40213 (inline 111, crossline 875)".
std::string name_of_trace(const SegyFile& segy, std::int64_t section, std::int64_t column);

}  // namespace firstframe
