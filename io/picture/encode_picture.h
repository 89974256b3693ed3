#pragma once

#include <filesystem>
#include <vector>

#include "core/frame/section.h"

namespace firstframe {

/// The bytes of a picture file; the ending of `path` chooses the format. Nothing is written.
/// \throws ArgumentError when the format cannot hold the section
std::vector<unsigned char> encode_picture(const std::filesystem::path& path, const SectionView& section);

}  // namespace firstframe
