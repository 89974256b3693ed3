#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace firstframe {

/// Tells whether files are still the ones they were, without reading them: of one file its path, size and time of change, of
/// several their folder, number and a hash of the same. Readable, for journals; paths are canonical.
///
///     "/data/eye.mha of 33554810 bytes, changed 1792921"
///     "64 files in /data/ct, fnv1a64:0123456789abcdef"
///
/// \throws MissingFileError when one is not there
std::string print_of_files(const std::vector<std::filesystem::path>& files);

/// A hash of a file's content, "fnv1a64:" and 16 hexadecimal digits. \throws as read_bytes
std::string content_print(const std::filesystem::path& file);

}  // namespace firstframe
