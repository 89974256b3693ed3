#include "core/seismic/wavelet.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"
#include "core/seismic/reflectivity.h"
#include "core/seismic/spectra.h"
#include "tests/core/seismic/events.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

double at_ms(const Wavelet& wavelet, double ms) {
  return wavelet.samples[static_cast<std::size_t>(wavelet.reach() + std::llround(ms / wavelet.sample_interval_ms))];
}

TEST(Ricker, CrossesZeroAndDipsWhereTheFormulaDoes) {
  const auto wavelet = ricker(25, 1);
  EXPECT_DOUBLE_EQ(at_ms(wavelet, 0), 1);
  // Zeros at 1 / (pi f sqrt 2) = 9.003 ms, the trough -2 exp(-1.5) at sqrt(1.5) / (pi f) = 15.6 ms.
  EXPECT_NEAR(at_ms(wavelet, 9), 0, 1e-3);
  EXPECT_NEAR(at_ms(wavelet, -16), -2 * std::exp(-1.5), 2e-3);
  EXPECT_LT(std::abs(wavelet.samples.front()), 1e-3);
}

TEST(Ormsby, PassesItsBandAndNothingElse) {
  const auto wavelet = ormsby(5, 12, 40, 60, 2);
  Traces one({512, 1});
  for (std::int64_t i = -wavelet.reach(); i <= wavelet.reach(); ++i)
    if (256 + i >= 0 && 256 + i < 512) one.at(256 + i, 0) = wavelet.samples[static_cast<std::size_t>(wavelet.reach() + i)];
  const auto spectrum = amplitude_spectrum(one);  // 250 Hz over 256 steps
  const auto at_hz = [&](double hz) { return spectrum[static_cast<std::size_t>(std::llround(hz * 256 / 250))]; };
  EXPECT_NEAR(at_hz(20) / at_hz(30), 1, 0.05);
  EXPECT_LT(at_hz(80) / at_hz(25), 0.02);
  EXPECT_LT(at_hz(1) / at_hz(25), 0.1);
}

TEST(WaveletNamed, ReadsItsTwoForms) {
  EXPECT_EQ(wavelet_named("ricker:30", 4).samples, ricker(30, 4).samples);
  EXPECT_EQ(wavelet_named("ormsby:5,10,40,60", 4).samples, ormsby(5, 10, 40, 60, 4).samples);
}

TEST(WaveletNamed, RefusesOthersByName) {
  EXPECT_EQ(message_of<ArgumentError>([] { wavelet_named("klauder:8,60", 4); }),
            "wavelet: 'klauder:8,60' is not accepted; use ricker:HZ, ormsby:F1,F2,F3,F4, estimate:SECTION or a text file");
  EXPECT_EQ(message_of<ArgumentError>([] { wavelet_named("ricker:200", 4); }),
            "wavelet: a Ricker peak of 200 Hz is not accepted at 4 ms; use more than 0, at most 83.3333");
  EXPECT_EQ(message_of<ArgumentError>([] { wavelet_named("ormsby:10,5,40,60", 4); }),
            "wavelet: ormsby:10,5,40,60 is not accepted at 4 ms; use 0 < f1 < f2 < f3 < f4 < 125 Hz");
}

TEST(WaveletFrom, RefusesAnEvenNumberOfSamples) {
  EXPECT_EQ(message_of<ArgumentError>([] { wavelet_from({1, 2, 1, 0}, 4, "w.txt"); }),
            "wavelet: w.txt has 4 samples; use an odd number, 3 or more, the middle one being time zero");
}

TEST(Convolved, PutsTheWaveletOnEverySpike) {
  Traces spikes({9, 2});
  spikes.at(4, 0) = 2;
  spikes.at(0, 1) = 1;
  const auto seismic = convolved(spikes, {{-0.5, 1, -0.25}, 4, "test"});
  EXPECT_DOUBLE_EQ(seismic.at(3, 0), -1);
  EXPECT_DOUBLE_EQ(seismic.at(4, 0), 2);
  EXPECT_DOUBLE_EQ(seismic.at(5, 0), -0.5);
  EXPECT_DOUBLE_EQ(seismic.at(0, 1), 1);
  EXPECT_DOUBLE_EQ(seismic.at(1, 1), -0.25);
}

TEST(EstimateWavelet, FindsTheWaveletUnderWhiteReflectivityAndNoise) {
  // Its two assumptions hold: white reflectivity (independent traces of noise) and zero phase.
  const auto truth = ricker(25, 4);
  const auto clean = convolved(white_noise({512, 200}, 1), truth);
  const auto noisy = sum_of(clean, white_noise(clean.extent, 2), 0.1 * rms_of(clean));
  const auto found = estimate_wavelet(noisy, 4, 16);
  double together = 0, own = 0, other = 0;
  for (std::int64_t i = -11; i <= 11; ++i) {
    const double a = truth.samples[static_cast<std::size_t>(truth.reach() + i)], b = found.samples[static_cast<std::size_t>(found.reach() + i)];
    together += a * b;
    own += a * a;
    other += b * b;
  }
  EXPECT_GT(together / std::sqrt(own * other), 0.99);
  EXPECT_DOUBLE_EQ(found.samples[16], 1);
}

TEST(EstimateWavelet, RefusesShortAndSilentTraces) {
  EXPECT_EQ(message_of<FormatError>([] { estimate_wavelet(Traces({40, 3}), 4, 12); }),
            "wavelet: traces of 40 samples are too short to estimate 12 to each side; use 10 or less");
  EXPECT_EQ(message_of<FormatError>([] { estimate_wavelet(Traces({80, 3}), 4, 12); }),
            "wavelet: the section is zero everywhere; nothing can be estimated from it");
}

TEST(EstimateWavelet, RefusesAFlatSpectrum) {
  Traces spikes({80, 3});
  for (std::int64_t col = 0; col < 3; ++col) spikes.at(20 + 7 * col, col) = 2;
  EXPECT_EQ(message_of<FormatError>([&] { estimate_wavelet(spikes, 4, 12); }),
            "wavelet: the traces have the same power, 12, at every frequency, as white noise or single spikes have; no pulse can be told from that, "
            "use a section with band-limited events");
}

}  // namespace
}  // namespace firstframe
