#pragma once

#include <filesystem>
#include <string>

#include "core/frame/section.h"

namespace firstframe {

/// Why a picture of this name cannot hold such a section, in one sentence with what to use instead; "" when
/// it can.
std::string why_not_picture(const std::filesystem::path& path, const Layout& section);

/// Whether the format behind the ending changes pixels (JPEG).
bool is_lossy_name(const std::filesystem::path& path);

/// The ending in small letters: ".png" for "A.PNG".
std::string small_ending(const std::filesystem::path& path);

}  // namespace firstframe
