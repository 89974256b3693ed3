#pragma once

#include <filesystem>

namespace firstframe {

/// Compresses a file to `target`, which appears when it is whole. Memory: a MiB. The same bytes every time.
/// \throws OutputError when the disk is full or the folder cannot be written
void gzip_file(const std::filesystem::path& from, const std::filesystem::path& target);

}  // namespace firstframe
