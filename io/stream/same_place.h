#pragma once

#include <filesystem>

namespace firstframe {

/// Whether two names lead to the same file or folder, through links and "..", or will once they are there.
bool is_same_place(const std::filesystem::path& a, const std::filesystem::path& b);

}  // namespace firstframe
