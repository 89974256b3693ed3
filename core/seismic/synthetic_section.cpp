#include "core/seismic/synthetic_section.h"

#include <cmath>
#include <utility>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/degradation/noise.h"

namespace firstframe {
namespace {

constexpr std::uint64_t kNoiseStream = 0x9e3779b97f4a7c15ull;  // so that noise and ground draw different numbers

Traces rows_of(const Traces& traces, std::int64_t first, std::int64_t count) {
  Traces part({count, traces.extent.cols});
  for (std::int64_t row = 0; row < count; ++row)
    for (std::int64_t col = 0; col < traces.extent.cols; ++col) part.at(row, col) = traces.at(first + row, col);
  return part;
}

}  // namespace

Traces draw_noise(Extent extent, double rms, const Wavelet* band, std::uint64_t seed) {
  const auto reach = band ? band->reach() : 0;
  Section white(SampleType::float32, 1, {extent.rows + 2 * reach, extent.cols});
  add_gaussian_noise(white, 1, seed ^ kNoiseStream);
  auto noise = traces_of(white.view());
  if (band) noise = rows_of(convolved(noise, *band), reach, extent.rows);
  const double scale = rms / rms_of(noise);
  for (auto& value : noise.values) value *= scale;
  return noise;
}

SyntheticSection draw_section(const ReflectivitySettings& ground, const Wavelet& wavelet, const NoiseSettings& noise, std::uint64_t seed) {
  if (!(noise.snr_db >= -60 && noise.snr_db <= 200))
    throw ArgumentError(text("synth: snr ", noise.snr_db, " is not accepted; use -60..200 dB"));
  const auto reach = wavelet.reach();
  auto larger = ground;
  larger.extent.rows += 2 * reach;
  const auto reflectivity = draw_reflectivity(larger, seed);
  SyntheticSection section;
  section.reflectivity = rows_of(reflectivity, reach, ground.extent.rows);
  section.clean = rows_of(convolved(reflectivity, wavelet), reach, ground.extent.rows);
  if (energy_of(section.reflectivity) == 0)
    throw FormatError(text("synth: seed ", seed, " gave a section without a reflector; lower spacing (now ", ground.spacing, ")"));
  const double rms = rms_of(section.clean) * std::pow(10, -noise.snr_db / 20);
  const auto added = draw_noise(ground.extent, rms, noise.has_band ? &wavelet : nullptr, seed);
  section.seismic = section.clean;
  for (std::size_t i = 0; i < added.values.size(); ++i) section.seismic.values[i] += added.values[i];
  return section;
}

}  // namespace firstframe
