#pragma once

#include <cstdint>
#include <filesystem>

namespace firstframe {

/// Compresses a file to `target`, which appears when it is whole. Memory: a MiB. The same bytes every time.
/// \throws OutputError when the disk is full or the folder cannot be written
void gzip_file(const std::filesystem::path& from, const std::filesystem::path& target);

/// Bytes that a compressed file holds. Decodes all of it, because nothing else tells whether it is whole.
/// \throws FormatError when it is cut or damaged
std::int64_t require_whole_gzip(const std::filesystem::path& path);

}  // namespace firstframe
