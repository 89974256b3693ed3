#pragma once

#include <cstdint>
#include <filesystem>

namespace firstframe {

/// Refuses to go on when the disk that holds `draft` has fewer than `bytes` left. For writers that do not
/// report a full disk themselves. A file system that does not tell its free space is trusted.
/// \throws DiskFullError naming `target`
void require_space(const std::filesystem::path& draft, std::uintmax_t bytes,
                   const std::filesystem::path& target);

}  // namespace firstframe
