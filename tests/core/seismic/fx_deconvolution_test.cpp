#include "core/seismic/fx_deconvolution.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/restorers/classical/classical.h"
#include "core/tiling/restore_tiled.h"
#include "tests/core/seismic/events.h"
#include "tests/core/support/sections.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

FxSettings without_prewhitening() {
  FxSettings settings;
  settings.prewhitening = 0;
  return settings;
}

Traces two_dips() {
  Traces section({160, 48});
  add_event(section, 40, 0.7, 1);
  add_event(section, 120, -0.5, -0.6);
  return section;
}

TEST(FxDeconvolution, PredictsStraightEventsExactly) {
  // Whole traces: an event that dips out of a window of time is no longer a geometric sequence there.
  auto settings = without_prewhitening();
  settings.window_samples = 0;
  settings.window_traces = 0;
  const auto clean = two_dips();
  EXPECT_GT(snr_db(clean, fx_deconvolution(clean, settings)), 60);
}

TEST(FxDeconvolution, RaisesTheSignalToNoiseRatio) {
  const auto clean = two_dips();
  const auto noisy = sum_of(clean, white_noise(clean.extent, 5), rms_of(clean));
  EXPECT_NEAR(snr_db(clean, noisy), 0, 0.3);
  EXPECT_GT(snr_db(clean, fx_deconvolution(noisy)), 4);
}

TEST(FxDeconvolution, TakesAwayMostOfWhatIsOnlyNoise) {
  FxSettings settings;
  settings.window_traces = 0;
  const auto noise = white_noise({128, 64}, 3);
  EXPECT_LT(energy_of(fx_deconvolution(noise, settings)), 0.2 * energy_of(noise));
}

TEST(FxDeconvolution, RemovesWhatLiesOutsideTheBand) {
  auto settings = without_prewhitening();
  settings.window_samples = 0;
  settings.lowest = 0.2;
  const auto clean = two_dips();  // below 0.3 cycles per sample, most of it below 0.2
  EXPECT_LT(energy_of(fx_deconvolution(clean, settings)), 0.1 * energy_of(clean));
}

TEST(FxDeconvolution, ServesTheNarrowestAndShortestSections) {
  for (const Extent extent : {Extent{1, 2}, Extent{3, 3}, Extent{40, 5}, Extent{9, 300}}) {
    const auto noise = white_noise(extent, 1);
    const auto restored = fx_deconvolution(noise);
    EXPECT_EQ(restored.extent, extent);
    EXPECT_LE(energy_of(restored), energy_of(noise));
  }
}

TEST(FxDeconvolution, LeavesSilenceSilent) {
  EXPECT_EQ(energy_of(fx_deconvolution(Traces({64, 20}))), 0);
}

TEST(FxDeconvolution, RefusesWhatItCannotDo) {
  EXPECT_EQ(message_of<FormatError>([] { fx_deconvolution(Traces({64, 1})); }),
            "restorer fx: the section has a single trace, which no neighbour predicts; use sections of 2 or more traces");
  FxSettings settings;
  settings.filter_length = 0;
  EXPECT_EQ(message_of<ArgumentError>([&] { check_fx(settings); }), "restorer fx: filter length 0 is not accepted; use 1..64 traces");
  settings = {};
  settings.lowest = 0.4;
  settings.highest = 0.3;
  EXPECT_EQ(message_of<ArgumentError>([&] { check_fx(settings); }),
            "restorer fx: band 0.4:0.3 is not accepted; use LOW:HIGH in cycles per sample with 0 <= LOW < HIGH <= 0.5");
}

TEST(FxRestorer, IsTheSameBesidesTheMean) {
  ClassicalSettings classical;
  classical.method = "fx";
  classical.fx = FxSettings{.filter_length = 3};
  const auto noisy = sum_of(two_dips(), white_noise({160, 48}, 5), 0.2);
  auto section = section_of(noisy);
  section.set_range({-4, 4});
  const auto restored = traces_of(restore(*make_classical(classical), section.view()).view());
  EXPECT_GT(snr_db(fx_deconvolution(noisy, *classical.fx), restored), 25);
}

TEST(FxRestorer, GivesTheSameBytesForAnyThreads) {
  ClassicalSettings classical;
  classical.method = "fx";
  const auto section = section_of(white_noise({100, 70}, 2));
  RestoreSettings one, four;
  one.threads = 1;
  four.threads = 4;
  const auto restorer = make_classical(classical);
  EXPECT_TRUE(same_bytes(restore(*restorer, section.view(), one), restore(*restorer, section.view(), four)));
}

TEST(FxRestorer, RefusesWhatIsNotItsOwn) {
  ClassicalSettings classical;
  classical.method = "fx";
  classical.noise_sigma = 3;
  EXPECT_EQ(message_of<ArgumentError>([&] { make_classical(classical); }),
            "restorer fx: noise-sigma has no meaning for it; it uses fx settings");
}

}  // namespace
}  // namespace firstframe
