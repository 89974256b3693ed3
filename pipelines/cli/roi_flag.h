#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/metrics/oct_regions.h"

namespace firstframe {

/// Adds --roi background=ROW,COL,ROWSxCOLS and --roi layer=..., which may come several times.
void add_roi_flag(CLI::App& command, std::vector<std::string>& rois);

/// The regions that the flags give; nothing when none was given, so that they are to be found.
/// \throws ArgumentError when a flag is written otherwise, or gives no background, two, or no layer
std::optional<OctRegions> oct_regions_from(const std::vector<std::string>& rois);

}  // namespace firstframe
