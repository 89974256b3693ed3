#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace firstframe {

/// Where one array of a safetensors file lies.
struct TensorPlace {
  std::string name;
  std::vector<std::int64_t> shape;
  std::uint64_t begin = 0;  // bytes from the end of the header
  std::uint64_t end = 0;
};

/// The header of a safetensors file that holds float32 arrays and our description.
struct SafetensorsHeader {
  std::string description;           // "__metadata__" / "firstframe"
  std::vector<TensorPlace> tensors;  // in the order of their places
};

/// Headers longer than this are refused; ours are a few kilobytes.
inline constexpr std::uint64_t kLongestHeader = std::uint64_t{16} << 20;

/// \param json        the header's text
/// \param data_bytes  what follows it in the file
/// \throws FormatError without a file name, when it is no header, one that Firstframe did not write, or when
///         the arrays do not cover the data from its first byte to its last without gap and overlap
SafetensorsHeader parse_safetensors_header(const std::string& json, std::uint64_t data_bytes);

/// Bytes of float32 values in an array of this shape.
/// \throws FormatError when a side is negative, or they make more than 2^62
std::uint64_t bytes_of_shape(const std::vector<std::int64_t>& shape);

}  // namespace firstframe
