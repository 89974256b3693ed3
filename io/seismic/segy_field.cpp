#include "io/seismic/segy_field.h"

namespace firstframe {

std::int64_t number_at(std::span<const std::byte> header, int byte, int width, bool big_endian) {
  std::uint64_t value = 0;
  for (int i = 0; i < width; ++i) {
    const auto at = static_cast<std::size_t>(byte - 1 + (big_endian ? i : width - 1 - i));
    value = value << 8 | std::to_integer<std::uint64_t>(header[at]);
  }
  const int unused = 64 - 8 * width;
  return static_cast<std::int64_t>(value << unused) >> unused;
}

std::int64_t count_at(std::span<const std::byte> header, int byte, bool big_endian) {
  return number_at(header, byte, 2, big_endian) & 0xffff;
}

int trace_field_width(int byte) {
  const bool is_short = (byte >= 29 && byte <= 35) || (byte >= 69 && byte <= 71) || (byte >= 89 && byte <= 179) || byte == 201 ||
                        byte == 203 || (byte >= 209 && byte <= 217) || byte == 223 || byte == 229 || byte == 231;
  return is_short && byte % 2 == 1 ? 2 : 4;
}

std::int64_t trace_field(std::span<const std::byte> header, int byte, bool big_endian) {
  return number_at(header, byte, trace_field_width(byte), big_endian);
}

}  // namespace firstframe
