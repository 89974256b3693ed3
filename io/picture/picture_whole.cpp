#include "io/picture/picture_whole.h"

#include <algorithm>
#include <cstdlib>

#include "core/base/text.h"

namespace firstframe {
namespace {

using Bytes = std::span<const std::byte>;

std::uint32_t byte_at(Bytes file, std::size_t at) { return std::to_integer<std::uint32_t>(file[at]); }

std::uint32_t big_endian(Bytes file, std::size_t at, std::size_t bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < bytes; ++i) value = value << 8 | byte_at(file, at + i);
  return value;
}

std::uint32_t little_endian(Bytes file, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 4; i-- > 0;) value = value << 8 | byte_at(file, at + i);
  return value;
}

// A PNG is a row of chunks (length, name, data, checksum); the last is IEND.
std::string where_png_breaks_off(Bytes file) {
  std::size_t at = 8;
  while (at + 8 <= file.size()) {
    const std::size_t length = big_endian(file, at, 4);
    const std::string name(reinterpret_cast<const char*>(file.data() + at + 4), 4);
    if (length > INT32_MAX) return "";  // no PNG would say so: the decoder refuses it
    if (at + 12 + length > file.size()) return text("it ends inside its ", name, " chunk");
    if (name == "IEND") return "";
    at += 12 + length;
  }
  return "it ends before its IEND chunk";
}

bool is_restart(std::uint32_t marker) { return marker >= 0xd0 && marker <= 0xd7; }

// The first marker after compressed pixels: 0xff followed by neither a stuffed zero, fill nor a restart.
std::size_t after_scan(Bytes file, std::size_t at) {
  for (; at + 1 < file.size(); ++at)
    if (byte_at(file, at) == 0xff && byte_at(file, at + 1) != 0 && byte_at(file, at + 1) != 0xff &&
        !is_restart(byte_at(file, at + 1)))
      return at;
  return file.size();
}

// A JPEG is a row of segments (0xff, marker, length, data); pixels follow the start of a scan (0xda) without
// a length. Walking finds the picture's own end (0xd9) even when a thumbnail or trailing bytes hold another.
std::string where_jpeg_breaks_off(Bytes file) {
  constexpr auto cut = "it ends before its end marker";
  std::size_t at = 2;
  while (true) {
    while (at < file.size() && byte_at(file, at) != 0xff) ++at;
    while (at < file.size() && byte_at(file, at) == 0xff) ++at;
    if (at >= file.size()) return cut;
    const auto marker = byte_at(file, at++);
    if (marker == 0xd9) return "";
    if (marker <= 0x01 || is_restart(marker)) continue;
    if (at + 2 > file.size()) return cut;
    at += big_endian(file, at, 2);
    if (marker == 0xda) at = after_scan(file, at);
  }
}

// Uncompressed rows are padded to 4 bytes, so the header tells the size. Compressed ones are left to the
// decoder.
std::string where_bmp_breaks_off(Bytes file) {
  if (file.size() < 34) return "it ends inside its header";
  const std::uint64_t pixels_at = little_endian(file, 10);
  const bool is_old = little_endian(file, 14) == 12;  // 16-bit sizes, no compression field
  if (is_old || (little_endian(file, 30) != 0 && little_endian(file, 30) != 3)) return "";
  const std::uint64_t cols = little_endian(file, 18);
  const auto rows =
      static_cast<std::uint64_t>(std::llabs(static_cast<std::int32_t>(little_endian(file, 22))));
  const std::uint64_t bits = little_endian(file, 28) & 0xffff;
  if (cols > 1u << 20 || rows > 1u << 20) return "";  // more than OpenCV accepts: it refuses
  const auto needed = pixels_at + (cols * bits + 31) / 32 * 4 * rows;
  return file.size() < needed ? text("it has ", file.size(), " bytes, its header promises ", needed) : "";
}

}  // namespace

std::string where_picture_breaks_off(PictureKind kind, Bytes file) {
  switch (kind) {
    case PictureKind::png:
      return where_png_breaks_off(file);
    case PictureKind::jpeg:
      return where_jpeg_breaks_off(file);
    case PictureKind::tiff:
      return survey_tiff(file).breaks_off;
    case PictureKind::bmp:
      return where_bmp_breaks_off(file);
    case PictureKind::pnm:
      break;
  }
  return where_pnm_breaks_off(file);
}

}  // namespace firstframe
