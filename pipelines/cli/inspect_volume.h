#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>

#include "io/volume/section_source.h"

namespace firstframe {

/// What `inspect VOLUME` prints: the header, how much of the file a section costs, and the values of the middle section.
/// Reads one section; of a volume that its library must decode, the whole of it.
nlohmann::ordered_json describe_volume(const std::filesystem::path& path, const VolumeOptions& options);

}  // namespace firstframe
