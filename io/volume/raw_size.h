#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace firstframe {

/// The size of a file of bare samples as users write it: "512x1024x128", x, y and z, each 1 or more.
/// \throws ArgumentError for any other text
std::array<std::int64_t, 3> raw_size_of(const std::string& given);

}  // namespace firstframe
