#pragma once

#include <algorithm>
#include <cstring>
#include <random>

#include "core/frame/section.h"

namespace firstframe {

/// Every sample its own value, none the same in two channels, so that a swapped colour or a shifted row
/// shows.
template <typename Sample>
Section noise(SampleType type, std::int64_t channels, Extent extent, unsigned seed = 1) {
  Section section(type, channels, extent);
  std::mt19937 generator(seed);
  std::generate_n(section.samples<Sample>(), channels * extent.area(), [&] {
    if constexpr (std::is_floating_point_v<Sample>)
      return static_cast<Sample>(generator()) / 4e9f * 3 - 1;  // beyond 0..1 on both sides
    else
      return static_cast<Sample>(generator());
  });
  return section;
}

inline Section noise(SampleType type, std::int64_t channels, Extent extent, unsigned seed = 1) {
  if (type == SampleType::uint8) return noise<std::uint8_t>(type, channels, extent, seed);
  if (type == SampleType::uint16) return noise<std::uint16_t>(type, channels, extent, seed);
  return noise<float>(type, channels, extent, seed);
}

/// Same type, channels, size and bytes (so that NaN equals NaN).
inline bool is_same(const Section& a, const Section& b) {
  return a.type() == b.type() && a.channels() == b.channels() && a.extent() == b.extent() &&
         std::memcmp(a.view().data, b.view().data, a.size_in_bytes()) == 0;
}

}  // namespace firstframe
