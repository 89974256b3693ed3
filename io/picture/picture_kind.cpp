#include "io/picture/picture_kind.h"

#include <cctype>

namespace firstframe {

std::optional<PictureKind> picture_kind(std::span<const std::byte> head) {
  const std::string_view begin(reinterpret_cast<const char*>(head.data()), head.size());
  using namespace std::string_view_literals;
  if (begin.starts_with("\x89PNG\r\n\x1a\n"sv)) return PictureKind::png;
  if (begin.starts_with("\xff\xd8\xff"sv)) return PictureKind::jpeg;
  for (const auto magic : {"II*\0"sv, "MM\0*"sv, "II+\0"sv, "MM\0+"sv})  // the last two: BigTIFF
    if (begin.starts_with(magic)) return PictureKind::tiff;
  // "BM" alone could begin any text; the four bytes at 6 are reserved and zero.
  if (begin.starts_with("BM"sv) && begin.size() > 10 && begin.substr(6, 4) == "\0\0\0\0"sv)
    return PictureKind::bmp;
  // P2, P3: numbers as text; P5, P6: bytes. P1 and P4 are black and white only.
  if (begin.size() > 3 && begin[0] == 'P' && "2356"sv.find(begin[1]) != begin.npos &&
      (std::isspace(static_cast<unsigned char>(begin[2])) || begin[2] == '#'))
    return PictureKind::pnm;
  return std::nullopt;
}

std::string_view name_of(PictureKind kind) {
  switch (kind) {
    case PictureKind::png:
      return "PNG";
    case PictureKind::jpeg:
      return "JPEG";
    case PictureKind::tiff:
      return "TIFF";
    case PictureKind::bmp:
      return "BMP";
    case PictureKind::pnm:
      break;
  }
  return "PGM/PPM";
}

}  // namespace firstframe
