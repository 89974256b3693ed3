#include "core/training/identify.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "core/degradation/blur.h"
#include "core/degradation/identify_noise.h"
#include "core/degradation/noise.h"
#include "tests/support/scenes.h"

namespace firstframe {
namespace {

constexpr Extent kFrame{160, 200};
constexpr Region kWhole{0, 0, 160, 200};

TrainingPair blurred(double sigma, double noise) {
  TrainingPair pair{scene(kFrame, SampleType::float32), scene(kFrame, SampleType::float32)};
  add_gaussian_noise(pair.clean, 0.05, 3);  // texture: a smooth scene would leave fine taps undetermined
  pair.degraded = pair.clean;
  if (sigma > 0) blur(pair.degraded, gaussian_kernel(sigma, 15), Border::reflect);
  if (noise > 0) add_gaussian_noise(pair.degraded, noise, 4);
  return pair;
}

TEST(IdentifyDegradation, FindsTheKernelThatBlurred) {
  const auto found = identify_degradation(blurred(1.2, 0.005), kWhole, Border::reflect);
  const auto line = gaussian_kernel(1.2, 15);
  ASSERT_GE(found.kernel.reach(), 2);
  for (std::int64_t r = -2; r <= 2; ++r)
    for (std::int64_t c = -2; c <= 2; ++c)
      EXPECT_NEAR(found.kernel.at(r, c), line[7 + r] * line[7 + c], 0.01);
  EXPECT_NEAR(std::accumulate(found.kernel.taps.begin(), found.kernel.taps.end(), 0.0), 1, 0.02);
  EXPECT_LT(found.kernel.size, 25);
}

TEST(IdentifyDegradation, FindsTheNoiseWithinFivePercent) {
  for (const double noise : {0.005, 0.05}) {
    const auto found = identify_degradation(blurred(1.2, noise), kWhole, Border::reflect);
    EXPECT_NEAR(found.noise.sigma, noise, 0.05 * noise);
    EXPECT_NEAR(found.noise.correlation, 0, 0.05);
    EXPECT_TRUE(found.explains_the_pair());
  }
}

TEST(IdentifyDegradation, FindsThatNothingWasBlurred) {
  const auto found = identify_degradation(blurred(0, 0.05), kWhole, Border::reflect);
  EXPECT_NEAR(found.kernel.at(0, 0), 1, 0.03);
}

TEST(IdentifyDegradation, SaysThatCorrelatedNoiseIsNotExplained) {
  auto pair = blurred(1.2, 0);
  Section noise(SampleType::float32, 1, kFrame);
  add_gaussian_noise(noise, 0.1, 5);
  blur(noise, gaussian_kernel(1, 9), Border::reflect);
  for (std::int64_t i = 0; i < kFrame.area(); ++i) pair.degraded.samples<float>()[i] += noise.samples<float>()[i];
  const auto found = identify_degradation(pair, kWhole, Border::reflect);
  EXPECT_GT(found.noise.correlation, 0.3);
  EXPECT_FALSE(found.explains_the_pair());
}

TEST(IdentifyDegradation, ExplainsNoiseThatFollowsTheBrightness) {
  auto pair = blurred(1.2, 0);
  Section noise(SampleType::float32, 1, kFrame);
  add_gaussian_noise(noise, 0.3, 5);
  auto* value = pair.degraded.samples<float>();
  for (std::int64_t i = 0; i < kFrame.area(); ++i) value[i] += value[i] * noise.samples<float>()[i];  // speckle
  auto found = identify_degradation(pair, kWhole, Border::reflect);
  EXPECT_EQ(found.noise.law, NoiseLaw::multiplicative);
  EXPECT_TRUE(found.explains_the_pair());
  found.downscale.factor = 2;
  EXPECT_FALSE(found.explains_the_pair()) << "it was not seen at every pixel";
}

// Noise on a band of middle tones only is no law of brightness.
TEST(IdentifyDegradation, SaysThatNoiseWithoutALawIsNotExplained) {
  auto pair = blurred(1.2, 0.002);
  Section noise(SampleType::float32, 1, kFrame);
  add_gaussian_noise(noise, 0.1, 5);
  auto* value = pair.degraded.samples<float>();
  for (std::int64_t i = 0; i < kFrame.area(); ++i)
    if (value[i] > 0.4 && value[i] < 0.6) value[i] += noise.samples<float>()[i];
  const auto found = identify_degradation(pair, kWhole, Border::reflect);
  EXPECT_EQ(found.noise.law, NoiseLaw::irregular);
  EXPECT_FALSE(found.explains_the_pair());
}

TEST(IdentifyDegradation, FindsGainAndOffset) {
  auto pair = blurred(1.2, 0.005);
  for (std::int64_t i = 0; i < kFrame.area(); ++i) pair.degraded.samples<float>()[i] = 0.8f * pair.degraded.samples<float>()[i] + 0.1f;
  const auto found = identify_degradation(pair, kWhole, Border::reflect);
  EXPECT_NEAR(found.gain, 0.8, 0.005);
  EXPECT_NEAR(found.offset, 0.1, 0.003);
  EXPECT_NEAR(found.blur_sigma(), 1.2, 0.1);
}

// Shifted by whole pixels, and by half a pixel more as the mean of two neighbours.
TEST(IdentifyDegradation, FindsMisregistration) {
  auto large = scene({200, 240}, SampleType::float32);
  add_gaussian_noise(large, 0.05, 3);
  TrainingPair pair{Section(large.view().crop({22, 21, 160, 200})), Section(large.view().crop({20, 20, 160, 200}))};
  auto found = identify_degradation(pair, kWhole, Border::reflect);
  EXPECT_NEAR(found.centroid_down, 2, 0.02);
  EXPECT_NEAR(found.centroid_across, 1, 0.02);
  const Section next(large.view().crop({22, 22, 160, 200}));
  for (std::int64_t i = 0; i < kFrame.area(); ++i)
    pair.degraded.samples<float>()[i] = (pair.degraded.samples<float>()[i] + next.samples<float>()[i]) / 2;
  add_gaussian_noise(pair.degraded, 0.01, 5);
  found = identify_degradation(pair, kWhole, Border::reflect);
  EXPECT_NEAR(found.centroid_across, 1.5, std::max(0.01, 4 * found.centroid_error));
  EXPECT_LT(found.centroid_error, 0.05);
}

TEST(IdentifyDegradation, KeepsWhatIsLeftForOthersToDrawFrom) {
  const Region part{10, 20, 120, 150};
  const auto pair = blurred(1.2, 0.05);
  const auto found = identify_degradation(pair, part, Border::reflect);
  ASSERT_EQ(found.rest->extent(), part.extent());
  ASSERT_EQ(found.predicted->extent(), part.extent());
  for (std::int64_t r = 0; r < part.rows; ++r)
    for (std::int64_t c = 0; c < part.cols; ++c)
      ASSERT_NEAR(found.rest->samples<float>()[r * part.cols + c] + found.predicted->samples<float>()[r * part.cols + c],
                  pair.degraded.samples<float>()[(r + part.row) * kFrame.cols + c + part.col], 1e-5);
  EXPECT_EQ(IdentifiedDegradation(found).rest, found.rest);
}

TEST(IdentifyDegradation, SaysHowMuchTheKernelExplains) {
  EXPECT_GT(identify_degradation(blurred(1.2, 0.005), kWhole, Border::reflect).explained, 0.97);
  EXPECT_NEAR(identify_degradation(blurred(0, 0.05), kWhole, Border::reflect).explained, 0, 0.02);
}

TEST(IdentifyPair, FindsTheBorderToo) {
  TrainingPair pair{{}, scene({128, 140}, SampleType::float32)};
  add_gaussian_noise(pair.clean, 0.05, 3);
  pair.degraded = pair.clean;
  blur(pair.degraded, gaussian_kernel(1.6, 15), Border::circular);
  add_gaussian_noise(pair.degraded, 0.005, 9);
  const auto found = identify_pair(pair);
  ASSERT_TRUE(found.border && found.border->border);
  EXPECT_EQ(name_of(*found.border->border), "circular");
  // The edge is predicted as well as the inside.
  const auto edge = identify_noise(*found.rest, *found.predicted, {0, 0, 4, 140});
  EXPECT_NEAR(edge.sigma, 0.005, 0.001);
}

}  // namespace
}  // namespace firstframe
