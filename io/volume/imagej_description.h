#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "io/volume/volume_info.h"

namespace firstframe {

/// The ImageDescription that ImageJ gives a TIFF: "ImageJ=1.53t", then a line "key=value" each.
using ImagejLines = std::map<std::string, std::string>;

/// Nothing when the description is not ImageJ's.
std::optional<ImagejLines> read_imagej_lines(const std::string& description);

/// A number behind a key; nothing when it is missing or no number.
std::optional<double> number_of(const ImagejLines& lines, const std::string& key);

/// How many mm its `unit` is: micron, um, nm, mm, cm, m, inch; nothing for pixels and units that are not known.
std::optional<double> imagej_unit_mm(const ImagejLines& lines);

/// The description for a stack of `info`'s size and spacing, in the unit that the source's own description had, else mm.
/// The source's other lines (display range, calibration) are carried. "\n" at the end of every line.
std::string imagej_description(const VolumeInfo& info);

/// mm in one of the units that imagej_description(info) counts resolutions in.
double imagej_output_unit_mm(const VolumeInfo& info);

/// The key of VolumeInfo::metadata that holds a TIFF's description.
inline constexpr auto kImageDescription = "ImageDescription";

}  // namespace firstframe
