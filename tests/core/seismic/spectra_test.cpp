#include "core/seismic/spectra.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/core/seismic/events.h"

namespace firstframe {
namespace {

std::size_t place_of_largest(const std::vector<double>& values) {
  return static_cast<std::size_t>(std::max_element(values.begin(), values.end()) - values.begin());
}

TEST(AmplitudeSpectrum, PeaksAtTheFrequencyOfASine) {
  Traces section({200, 3});
  for (std::int64_t row = 0; row < 200; ++row)
    for (std::int64_t col = 0; col < 3; ++col) section.at(row, col) = std::sin(2 * M_PI * 0.125 * static_cast<double>(row) + static_cast<double>(col));
  const auto spectrum = amplitude_spectrum(section);
  EXPECT_EQ(spectrum.size(), 101u);
  EXPECT_EQ(place_of_largest(spectrum), 25u);  // 0.125 of 0.5 over 100 steps
}

TEST(FkSpectrum, ShowsADipAtItsWavenumber) {
  // cos(2 pi (f t - f p x)): an event of slope p samples a trace lies at wavenumber -f p.
  constexpr double f = 0.125, slope = 1.0;
  Traces section({64, 32});
  for (std::int64_t row = 0; row < 64; ++row)
    for (std::int64_t col = 0; col < 32; ++col)
      section.at(row, col) = std::cos(2 * M_PI * f * (static_cast<double>(row) - slope * static_cast<double>(col)));
  const auto fk = fk_spectrum(section);
  EXPECT_EQ(fk.frequencies, 33);
  EXPECT_EQ(fk.wavenumbers, 32);
  const auto place = static_cast<std::int64_t>(place_of_largest(fk.values));
  EXPECT_EQ(place / 32, 8);            // 0.125 cycles per sample of 64
  EXPECT_EQ(place % 32, 16 - 4);       // -0.125 cycles per trace of 32, 0 in the middle
}

TEST(AmplitudeSpectrum, ServesASingleSample) { EXPECT_GE(amplitude_spectrum(white_noise({1, 1}, 1)).size(), 2u); }

}  // namespace
}  // namespace firstframe
