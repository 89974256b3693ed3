#include "core/metrics/intensity.h"

#include <cmath>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/frame/normalised.h"

namespace firstframe {

double intensity_of(double value, const Intensity& intensity) {
  if (intensity.domain == IntensityDomain::linear) return value;
  return std::pow(10, (value - 1) * intensity.dynamic_range_db / 10);
}

std::vector<double> values_in(const SectionView& section, const Region& region) {
  if (section.layout.channels != 1)
    throw FormatError(text("OCT metrics: 1 channel is needed, this picture has ", section.layout.channels));
  std::vector<float> values(static_cast<std::size_t>(region.extent().area()));
  load_normalised(section.crop(region), {0, 0, region.rows, region.cols}, Border::replicate, values.data());
  return {values.begin(), values.end()};
}

std::vector<double> intensities_in(const SectionView& section, const Region& region,
                                   const Intensity& intensity) {
  if (!(intensity.dynamic_range_db > 0))
    throw ArgumentError(text("OCT metrics: a dynamic range of ", intensity.dynamic_range_db,
                             " dB is not accepted; use more than 0"));
  auto values = values_in(section, region);
  for (auto& value : values) value = intensity_of(value, intensity);
  return values;
}

}  // namespace firstframe
