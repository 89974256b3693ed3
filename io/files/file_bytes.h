#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <vector>

namespace firstframe {

/// The bytes of a file, all of them or the first `at_most`.
/// \throws MissingFileError when there is no such file or it may not be read
/// \throws FormatError when it is a folder
std::vector<std::byte> read_bytes(const std::filesystem::path& path, std::size_t at_most = SIZE_MAX);

/// Replaces the content of the file `draft`; `target` is the name that messages use.
/// \throws OutputError with the system's reason: a full disk, a quota, a broken disk
void write_bytes(const std::filesystem::path& draft, std::span<const std::byte> bytes,
                 const std::filesystem::path& target);

}  // namespace firstframe
