#pragma once

#include <filesystem>
#include <vector>

#include "core/seismic/traces.h"

namespace firstframe {

/// The sections of a 3-D cube that lies in DATA/seismic as bare float32 samples, time fastest, then traces, then sections.
/// \throws MissingFileError naming the file; FormatError when its length is another
std::vector<Traces> read_cube(const std::filesystem::path& data, const std::string& file, std::int64_t samples, std::int64_t traces,
                              std::int64_t sections);

/// A line that lies in DATA/seismic as SEG-Y: inlines where there is a grid, or shot gathers.
/// \throws as open_volume
struct FieldLine {
  std::vector<Traces> sections;
  double sample_interval_ms = 4;
};
FieldLine read_line(const std::filesystem::path& data, const std::string& file, bool by_shots);

/// Sections as float32 with -full .. full as their range, which networks see as 0..1. Amplitudes beyond go through like any other.
std::vector<Section> ranged(const std::vector<Traces>& sections, double full);

}  // namespace firstframe
