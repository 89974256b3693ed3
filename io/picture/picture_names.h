#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace firstframe {

/// The pictures of a folder by the endings that read_picture knows, ordered byte by byte. Hidden files are passed over: one
/// may be somebody's unfinished draft.
/// \throws MissingFileError when the folder cannot be read
/// \throws FormatError when it holds no picture
std::vector<std::string> picture_names(const std::filesystem::path& folder);

}  // namespace firstframe
