#include "core/seismic/vary_section.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"
#include "core/seismic/spectra.h"
#include "core/seismic/triangle_smoothing.h"
#include "tests/core/seismic/events.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

VarySettings still() {
  return {.dip = 0, .curvature = 0, .stretch = 0, .gain = 0, .beside = 0, .moveout = 0};
}

Traces flat_event() {
  Traces clean({96, 40});
  add_event(clean, 48, 0, 1);
  return clean;
}

TEST(VarySection, AddsNoiseOfThePairsOwnSpectrumAnew) {
  const auto clean = flat_event();
  auto noise = white_noise(clean.extent, 1);
  smooth_with_triangles(noise, 4, 1);  // low frequencies only
  const auto degraded = sum_of(clean, noise, 0.3);
  const auto varied = vary_section(degraded, clean, still(), 7);
  const auto fresh = difference_of(varied.degraded.front(), varied.clean);
  EXPECT_NEAR(rms_of(fresh), 0.3 * rms_of(noise), 1e-9);
  EXPECT_LT(std::abs(correlation_of(fresh, noise)), 0.2);
  const auto before = amplitude_spectrum(noise), after = amplitude_spectrum(fresh);
  EXPECT_LT(after[40] / after[4], 0.1);
  EXPECT_LT(before[40] / before[4], 0.1);
}

TEST(VarySection, KeepsTheWaveletUnderAShiftOfTheEvent) {
  const auto clean = flat_event();
  const auto varied = vary_section(sum_of(clean, white_noise(clean.extent, 1)), clean, still(), 3);
  EXPECT_NEAR(rms_of(varied.clean), rms_of(clean), 0.02 * rms_of(clean));
}

TEST(VarySection, MovesTheEventsOfNeighbours) {
  auto settings = still();
  settings.beside = 1;
  settings.moveout = 3;
  const auto clean = flat_event();
  const auto varied = vary_section(sum_of(clean, white_noise(clean.extent, 1), 1e-6), clean, settings, 4);
  ASSERT_EQ(varied.degraded.size(), 3u);
  EXPECT_GT(correlation_of(varied.degraded[1], varied.clean), 0.999);
  EXPECT_LT(correlation_of(varied.degraded[0], varied.clean), 0.99);
}

TEST(VarySection, IsTheSameForOneSeedAndAnotherForTheNext) {
  const auto clean = flat_event(), degraded = sum_of(clean, white_noise(clean.extent, 1), 0.1);
  EXPECT_EQ(vary_section(degraded, clean, {}, 5).clean.values, vary_section(degraded, clean, {}, 5).clean.values);
  EXPECT_NE(vary_section(degraded, clean, {}, 5).clean.values, vary_section(degraded, clean, {}, 6).clean.values);
}

TEST(VarySection, RefusesWhatIsOutOfRange) {
  auto settings = still();
  settings.gain = 1;
  EXPECT_EQ(message_of<ArgumentError>([&] { vary_section(flat_event(), Traces({96, 40}), settings, 1); }),
            "synth: gain 1 is not accepted; use 0..0.9");
}

}  // namespace
}  // namespace firstframe
