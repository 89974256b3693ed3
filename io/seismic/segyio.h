#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

namespace firstframe {

// What is asked of segyio; its header is met in segyio.cpp only.

/// \throws DeviceError naming the package when Firstframe was built without segyio
void require_segyio(const std::filesystem::path& file);

/// Native floats to IBM floats, big-endian words, in place.
void native_to_ibm(std::byte* words, std::int64_t count);

/// The text header of a file in EBCDIC: 3200 characters.
std::string ebcdic_text(const std::filesystem::path& file);

}  // namespace firstframe
