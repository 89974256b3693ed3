#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

namespace firstframe {

/// Compresses a file to `target`, which appears when it is whole. Memory: a MiB. The same bytes every time.
/// \throws OutputError when the disk is full or the folder cannot be written
void gzip_file(const std::filesystem::path& from, const std::filesystem::path& target);

/// What a compressed file holds; of one that is not compressed, its bytes. Memory: all of it.
/// \throws FormatError when it is cut or damaged, or memory does not suffice; MissingFileError when it cannot be read
std::vector<std::byte> gunzip(const std::filesystem::path& path);

}  // namespace firstframe
