#include "core/frame/normalised.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

#include "core/base/error.h"
#include "core/base/scratch.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

template <typename Function>
void with_sample_type(SampleType type, const Function& function) {
  switch (type) {
    case SampleType::uint8: return function(std::uint8_t{});
    case SampleType::uint16: return function(std::uint16_t{});
    case SampleType::float32: return function(float{});
  }
}

[[noreturn]] void refuse_non_finite(std::int64_t channel, std::int64_t row, std::int64_t col) {
  throw FormatError(text("section: the value at channel ", channel, ", row ", row, ", column ", col,
                         " is NaN or infinite; replace such values before restoring or training"));
}

template <typename Sample>
void load(const SectionWindow& window, const Region& region, Border border, float* target) {
  const auto& layout = window.pixels.layout;
  const auto low = static_cast<float>(layout.range.low);
  const auto scale = static_cast<float>(1.0 / layout.range.span());

  // Column offsets once per call, so that the border costs nothing per row.
  Scratch<std::int64_t> offsets(static_cast<std::size_t>(region.cols));
  for (std::int64_t c = 0; c < region.cols; ++c)
    offsets[c] = (border_index(region.col + c, window.section.cols, border) - window.col) * layout.col_stride;

  for (std::int64_t channel = 0; channel < layout.channels; ++channel)
    for (std::int64_t r = 0; r < region.rows; ++r) {
      const auto row = border_index(region.row + r, window.section.rows, border);
      const auto* source = window.pixels.at(channel, row - window.row);
      bool finite = true;
      for (std::int64_t c = 0; c < region.cols; ++c) {
        const auto value = static_cast<float>(*reinterpret_cast<const Sample*>(source + offsets[c]));
        if constexpr (std::is_floating_point_v<Sample>) finite &= std::isfinite(value);
        target[c] = (value - low) * scale;
      }
      if (!finite)
        for (std::int64_t c = 0; c < region.cols; ++c)
          if (!std::isfinite(target[c])) refuse_non_finite(channel, row, offsets[c] / layout.col_stride + window.col);
      target += region.cols;
    }
}

template <typename Sample>
Sample denormalise(float value, float low, float scale) {
  const float scaled = value * scale + low;
  if constexpr (std::is_floating_point_v<Sample>) {
    return scaled;
  } else {
    constexpr auto top = static_cast<float>(std::numeric_limits<Sample>::max());
    return static_cast<Sample>(std::clamp(scaled, 0.0f, top) + 0.5f);
  }
}

}  // namespace

void load_normalised(const SectionView& section, const Region& region, Border border, float* target) {
  load_normalised(whole_window(section), region, border, target);
}

void load_normalised(const SectionWindow& window, const Region& region, Border border, float* target) {
  check_holds(window, region, border);
  with_sample_type(window.pixels.layout.type,
                   [&](auto sample) { load<decltype(sample)>(window, region, border, target); });
}

void check_holds(const SectionWindow& window, const Region& region, Border border) {
  const auto needed = shown_by(region, window.section, border);
  const auto place = window.place();
  if (needed.row < place.row || needed.col < place.col || needed.row + needed.rows > place.row + place.rows ||
      needed.col + needed.cols > place.col + place.cols)
    throw ArgumentError(text("section: ", name_of(needed.extent()), " pixels from row ", needed.row, ", column ", needed.col,
                             " on are needed, ", name_of(place.extent()), " from row ", place.row, ", column ", place.col,
                             " on are at hand"));
}

void check_finite(const SectionWindow& window, const Region& region) {
  const auto& layout = window.pixels.layout;
  if (layout.type != SampleType::float32) return;
  const auto col_stride = layout.col_stride;
  for (std::int64_t channel = 0; channel < layout.channels; ++channel)
    for (std::int64_t r = 0; r < region.rows; ++r) {
      const auto* first = window.pixels.at(channel, region.row + r - window.row) + (region.col - window.col) * col_stride;
      const auto is_finite = [&](std::int64_t c) { return std::isfinite(*reinterpret_cast<const float*>(first + c * col_stride)); };
      bool finite = true;
      for (std::int64_t c = 0; c < region.cols; ++c) finite &= is_finite(c);
      if (!finite)
        for (std::int64_t c = 0; c < region.cols; ++c)
          if (!is_finite(c)) refuse_non_finite(channel, region.row + r, region.col + c);
    }
}

void store_normalised(const float* source, std::int64_t plane_stride, std::int64_t row_stride,
                      const SectionSpan& section) {
  const auto& layout = section.layout;
  const auto low = static_cast<float>(layout.range.low);
  const auto scale = static_cast<float>(layout.range.span());
  with_sample_type(layout.type, [&](auto sample) {
    using Sample = decltype(sample);
    for (std::int64_t channel = 0; channel < layout.channels; ++channel)
      for (std::int64_t r = 0; r < layout.extent.rows; ++r) {
        const float* values = source + channel * plane_stride + r * row_stride;
        auto* target = section.at(channel, r);
        for (std::int64_t c = 0; c < layout.extent.cols; ++c)
          *reinterpret_cast<Sample*>(target + c * layout.col_stride) = denormalise<Sample>(values[c], low, scale);
      }
  });
}

}  // namespace firstframe
