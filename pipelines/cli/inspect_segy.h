#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>

#include "io/seismic/segy_options.h"

namespace firstframe {

/// What is in a SEG-Y or SU file: text header, format, geometry, dead traces, amplitudes, and what contradicts what.
/// \throws as open_volume
nlohmann::ordered_json describe_segy(const std::filesystem::path& path, const SegyOptions& options);

}  // namespace firstframe
