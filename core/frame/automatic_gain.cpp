#include "core/frame/automatic_gain.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

constexpr double kSilence = 1e-3;

// Stored values, [rows][cols].
std::vector<float> stored_values(const SectionView& section, double offset) {
  const auto& layout = section.layout;
  if (layout.channels != 1)
    throw ArgumentError(text("gain: a section of ", layout.channels, " channels was given; seismic sections have one"));
  std::vector<float> values(static_cast<std::size_t>(layout.extent.area()));
  auto to = values.begin();
  for (std::int64_t row = 0; row < layout.extent.rows; ++row)
    for (std::int64_t col = 0; col < layout.extent.cols; ++col, ++to) {
      const auto* at = section.at(0, row) + col * layout.col_stride;
      switch (layout.type) {
        case SampleType::uint8: *to = static_cast<float>(*reinterpret_cast<const std::uint8_t*>(at) - offset); break;
        case SampleType::uint16: *to = static_cast<float>(*reinterpret_cast<const std::uint16_t*>(at) - offset); break;
        case SampleType::float32: *to = static_cast<float>(*reinterpret_cast<const float*>(at) - offset); break;
      }
    }
  return values;
}

Section times(const std::vector<float>& values, const std::vector<float>& gains, Extent extent) {
  Section section(SampleType::float32, 1, extent);
  std::transform(values.begin(), values.end(), gains.begin(), section.samples<float>(), std::multiplies<float>());
  return section;
}

}  // namespace

GainedSection with_gain(const SectionView& section, double offset, std::int64_t window) {
  if (window < 1) throw ArgumentError(text("gain: a window of ", window, " samples cannot be; use 1 or more"));
  const auto values = stored_values(section, offset);
  const auto [rows, cols] = section.layout.extent;
  double all = 0;
  for (const double value : values) all += value * value;
  const double floor = kSilence * std::sqrt(all / static_cast<double>(values.size()));

  std::vector<float> gains(values.size(), 1.0f);
  std::vector<double> sums(static_cast<std::size_t>(rows + 1));
  for (std::int64_t col = 0; col < cols && floor > 0; ++col) {
    const auto at = [&](std::int64_t row) { return static_cast<std::size_t>(row * cols + col); };
    for (std::int64_t row = 0; row < rows; ++row) {
      const double value = values[at(row)];
      sums[static_cast<std::size_t>(row + 1)] = sums[static_cast<std::size_t>(row)] + value * value;
    }
    for (std::int64_t row = 0; row < rows; ++row) {
      const auto first = std::max<std::int64_t>(0, row - window / 2), end = std::min(rows, row - window / 2 + window);
      const auto squares = sums[static_cast<std::size_t>(end)] - sums[static_cast<std::size_t>(first)];
      const double rms = std::sqrt(std::max(0.0, squares) / static_cast<double>(end - first));
      gains[at(row)] = static_cast<float>(1 / std::max(rms, floor));
    }
  }
  return {times(values, gains, {rows, cols}), gains};
}

Section under_gains(const SectionView& section, double offset, const std::vector<float>& gains) {
  const auto values = stored_values(section, offset);
  if (values.size() != gains.size())
    throw ArgumentError(text("gain: ", gains.size(), " gains do not fit a section of ", name_of(section.layout.extent)));
  return times(values, gains, section.layout.extent);
}

void undo_gain(Section& section, double offset, const std::vector<float>& gains) {
  auto* samples = section.samples<float>();
  if (static_cast<std::size_t>(section.extent().area()) != gains.size())
    throw ArgumentError(text("gain: ", gains.size(), " gains do not fit a section of ", name_of(section.extent())));
  for (std::size_t i = 0; i < gains.size(); ++i) samples[i] = static_cast<float>(samples[i] / gains[i] + offset);
}

}  // namespace firstframe
