#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "io/volume/section_source.h"
#include "pipelines/cli/segy_flags.h"

namespace firstframe {

/// How a volume is cut into sections, and what a file of bare samples does not say.
struct VolumeFlags {
  std::string axis = "z";
  std::string raw_size;  // "512x1024x128"
  std::string raw_type = "uint16";
  bool raw_big_endian = false;
  std::int64_t raw_header = 0;
  std::string series;  // of a DICOM folder: a number or a UID
  SegyFlags segy;      // of SEG-Y and SU
};

/// Adds --axis, --series, --raw-size, --raw-type, --raw-big-endian, --raw-header and what add_segy_flags() does.
void add_volume_flags(CLI::App& command, VolumeFlags& flags);

/// \throws ArgumentError for a size that cannot be read, or raw samples without a size
VolumeOptions volume_options(const VolumeFlags& flags, std::optional<ValueRange> range = {});

/// Whether the path is a volume: by what lies there, or because the user gave the size of its bare samples.
bool is_volume(const std::filesystem::path& path, const VolumeFlags& flags);

/// Refuses flags that would say nothing of an input that is no volume.
/// \throws ArgumentError naming the first one given
void refuse_volume_flags(const VolumeFlags& flags, const std::string& input);

}  // namespace firstframe
