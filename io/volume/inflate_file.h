#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

namespace firstframe {

/// The first `bytes` of what zlib packed (as zlib or gzip) from byte `begin` of a file on. Memory: `bytes`.
/// \throws FormatError when the packed data is cut or damaged, holds fewer bytes, or is too short to hold so many
std::vector<std::byte> inflate_file(const std::filesystem::path& path, std::int64_t begin, std::int64_t bytes);

}  // namespace firstframe
