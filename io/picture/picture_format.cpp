#include "io/picture/picture_format.h"

#include <array>
#include <cctype>
#include <string_view>

#include "core/base/text.h"
#include "io/picture/picture.h"

namespace firstframe {
namespace {

struct Format {
  std::string_view ending;
  std::string_view name;
  bool holds_uint16;
  bool holds_float32;
  std::int64_t channels;  // 0: 1 or 3
};

constexpr std::array<Format, 8> kFormats{{{".png", "PNG", true, false, 0},
                                          {".jpg", "JPEG", false, false, 0},
                                          {".jpeg", "JPEG", false, false, 0},
                                          {".tif", "TIFF", true, true, 0},
                                          {".tiff", "TIFF", true, true, 0},
                                          {".bmp", "BMP", false, false, 0},
                                          {".pgm", "PGM", true, false, 1},
                                          {".ppm", "PPM", true, false, 3}}};

const Format* format_of(const std::filesystem::path& path) {
  const auto ending = small_ending(path);
  for (const auto& format : kFormats)
    if (format.ending == ending) return &format;
  return nullptr;
}

}  // namespace

std::string small_ending(const std::filesystem::path& path) {
  auto ending = path.extension().string();
  for (auto& letter : ending) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  return ending;
}

std::string why_not_picture(const std::filesystem::path& path, const Layout& section) {
  const auto* format = format_of(path);
  if (format == nullptr)
    return text(path.string(), ": the ending \"", path.extension().string(),
                "\" names no picture format; use .png, .jpg, .tif, .bmp, .pgm or .ppm");
  if (section.channels != 1 && section.channels != 3)
    return text(path.string(), ": a section of ", section.channels,
                " channels is no picture; 1 or 3 are accepted");
  if (section.type == SampleType::float32 && !format->holds_float32)
    return text(path.string(), ": ", format->name, " cannot hold float32; use .tif");
  if (section.type == SampleType::uint16 && !format->holds_uint16)
    return text(path.string(), ": ", format->name, " cannot hold uint16; use .png, .tif, .pgm or .ppm");
  if (format->channels != 0 && format->channels != section.channels)
    return text(path.string(), ": ", format->name, " holds ", format->channels, " channel",
                format->channels == 1 ? "" : "s", ", the section has ", section.channels, "; use ",
                section.channels == 1 ? ".pgm" : ".ppm", " or .png");
  return "";
}

bool is_lossy_name(const std::filesystem::path& path) {
  const auto* format = format_of(path);
  return format != nullptr && format->name == "JPEG";
}

bool is_picture_name(const std::filesystem::path& path) { return format_of(path) != nullptr; }

}  // namespace firstframe
