#pragma once

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "core/frame/normalised.h"
#include "core/frame/section.h"

namespace firstframe {

/// A section with another value at every pixel, so that a shifted or mirrored one cannot hide:
/// 0, 1, 2 ... in units of the type; float32 holds them divided by their number.
inline Section ramp(SampleType type, std::int64_t channels, Extent extent) {
  Section section(type, channels, extent);
  const auto values = channels * extent.area();
  for (std::int64_t i = 0; i < values; ++i) {
    if (type == SampleType::uint8) section.samples<std::uint8_t>()[i] = static_cast<std::uint8_t>(i);
    if (type == SampleType::uint16) section.samples<std::uint16_t>()[i] = static_cast<std::uint16_t>(i);
    if (type == SampleType::float32)
      section.samples<float>()[i] = static_cast<float>(i) / static_cast<float>(values);
  }
  return section;
}

/// A section with values that look random but are the same everywhere: the fractional part of a fixed product.
inline Section scramble(SampleType type, std::int64_t channels, Extent extent, std::uint32_t seed = 1) {
  Section values(SampleType::float32, channels, extent);
  std::uint32_t state = seed;
  for (std::int64_t i = 0; i < channels * extent.area(); ++i) {
    state = state * 1664525u + 1013904223u;
    values.samples<float>()[i] = static_cast<float>(state >> 8) / static_cast<float>(1 << 24);
  }
  if (type == SampleType::float32) return values;
  Section section(type, channels, extent);
  store_normalised(values.samples<float>(), extent.area(), extent.cols, section.span());
  return section;
}

inline Region whole(const Section& section) { return {0, 0, section.extent().rows, section.extent().cols}; }

inline bool same_bytes(const Section& a, const Section& b) {
  return a.type() == b.type() && a.channels() == b.channels() && a.extent() == b.extent() &&
         a.range() == b.range() && std::memcmp(a.view().data, b.view().data, a.size_in_bytes()) == 0;
}

/// All values as normalised float32, planar.
inline std::vector<float> values_of(const Section& section) {
  std::vector<float> values(static_cast<std::size_t>(section.channels() * section.extent().area()));
  load_normalised(section.view(), whole(section), Border::replicate, values.data());
  return values;
}

/// The largest difference of normalised values.
inline double largest_difference(const Section& a, const Section& b) {
  const auto x = values_of(a), y = values_of(b);
  double largest = x.size() == y.size() ? 0 : 1e30;
  for (std::size_t i = 0; i < x.size() && i < y.size(); ++i)
    largest = std::max(largest, std::abs(static_cast<double>(x[i]) - y[i]));
  return largest;
}

}  // namespace firstframe
