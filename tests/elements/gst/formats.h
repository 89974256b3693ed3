#pragma once

#include <gst/video/video.h>

#include <string>
#include <vector>

#include "core/base/error.h"

namespace firstframe {

/// Where a format keeps one of its components.
struct Place {
  guint plane;
  int first_byte;   // inside a pixel
  int step;         // bytes from one sample to the next
  int col_sub = 1;  // luma pixels a sample stands for
  int row_sub = 1;
};

struct Format {
  const char* name;
  int bits;
  int seen;  // how many components restorers see, the first ones
  std::vector<Place> places;
  bool is_big_endian = false;

  bool is_deep() const { return bits > 8; }
  unsigned most() const { return (1u << bits) - 1; }
};

/// The formats that firstframerestore takes, written out, so that no description of GStreamer's, and no view that is made
/// from it, can be wrong with them. BGRx's fourth byte counts as a component.
inline const std::vector<Format>& formats() {
  static const std::vector<Format> all = {
      {"GRAY8", 8, 1, {{0, 0, 1}}},
      {"GRAY16_LE", 16, 1, {{0, 0, 2}}},
      {"GRAY16_BE", 16, 1, {{0, 0, 2}}, /*is_big_endian=*/true},
      {"I420", 8, 1, {{0, 0, 1}, {1, 0, 1, 2, 2}, {2, 0, 1, 2, 2}}},
      {"NV12", 8, 1, {{0, 0, 1}, {1, 0, 2, 2, 2}, {1, 1, 2, 2, 2}}},
      {"Y42B", 8, 1, {{0, 0, 1}, {1, 0, 1, 2, 1}, {2, 0, 1, 2, 1}}},
      {"Y444", 8, 1, {{0, 0, 1}, {1, 0, 1}, {2, 0, 1}}},
      {"I420_10LE", 10, 1, {{0, 0, 2}, {1, 0, 2, 2, 2}, {2, 0, 2, 2, 2}}},
      {"RGB", 8, 3, {{0, 0, 3}, {0, 1, 3}, {0, 2, 3}}},
      {"BGRx", 8, 3, {{0, 2, 4}, {0, 1, 4}, {0, 0, 4}, {0, 3, 4}}},
      {"RGBA", 8, 3, {{0, 0, 4}, {0, 1, 4}, {0, 2, 4}, {0, 3, 4}}},
  };
  return all;
}

inline std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const auto& format : formats()) names.emplace_back(format.name);
  return names;
}

inline const Format& format_named(const std::string& name) {
  for (const auto& format : formats())
    if (name == format.name) return format;
  throw ArgumentError("the tests do not know the format " + name);
}

inline const Format& format_of(const GstVideoInfo& info) { return format_named(GST_VIDEO_INFO_NAME(&info)); }

}  // namespace firstframe
