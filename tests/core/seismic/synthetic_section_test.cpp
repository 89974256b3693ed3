#include "core/seismic/synthetic_section.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"
#include "core/seismic/spectra.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

TEST(SyntheticSection, HasTheSignalToNoiseRatioItWasAskedFor) {
  for (const bool has_band : {false, true}) {
    const auto section = draw_section({}, ricker(25, 4), {.snr_db = 7, .has_band = has_band}, 3);
    EXPECT_NEAR(snr_db(section.clean, section.seismic), 7, 1e-6);
  }
}

TEST(SyntheticSection, IsItsReflectivityConvolvedInside) {
  const auto wavelet = ricker(25, 4);
  const auto section = draw_section({}, wavelet, {}, 3);
  const auto again = convolved(section.reflectivity, wavelet);
  for (auto row = wavelet.reach(); row < section.clean.extent.rows - wavelet.reach(); ++row)
    for (std::int64_t col = 0; col < section.clean.extent.cols; ++col) EXPECT_NEAR(section.clean.at(row, col), again.at(row, col), 1e-12);
}

TEST(SyntheticSection, HasNoiseOfTheWaveletsBandWhereAskedFor) {
  const auto wavelet = ricker(25, 4);
  const auto high_share = [&](bool has_band) {
    const auto spectrum = amplitude_spectrum(draw_noise({256, 64}, 1, has_band ? &wavelet : nullptr, 1));
    double high = 0, all = 0;
    for (std::size_t i = 0; i < spectrum.size(); ++i) {
      all += spectrum[i] * spectrum[i];
      if (2 * i > spectrum.size()) high += spectrum[i] * spectrum[i];
    }
    return high / all;
  };
  EXPECT_NEAR(high_share(false), 0.5, 0.03);
  EXPECT_LT(high_share(true), 0.01);
}

TEST(SyntheticSection, IsTheSameForOneSeed) {
  EXPECT_EQ(draw_section({}, ricker(25, 4), {}, 9).seismic.values, draw_section({}, ricker(25, 4), {}, 9).seismic.values);
}

TEST(SyntheticSection, RefusesGroundWithoutReflectors) {
  ReflectivitySettings ground;
  ground.extent = {16, 2};
  ground.spacing = 1e6;
  EXPECT_EQ(message_of<FormatError>([&] { draw_section(ground, ricker(25, 4), {}, 1); }),
            "synth: seed 1 gave a section without a reflector; lower spacing (now 1e+06)");
}

}  // namespace
}  // namespace firstframe
