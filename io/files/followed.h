#pragma once

#include <filesystem>

namespace firstframe {

/// Where a link leads to, through all links, whether something is there or not; any other name as it is.
std::filesystem::path followed(const std::filesystem::path& name);

}  // namespace firstframe
