#include "core/training/identify.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "core/degradation/blur.h"
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

TEST(IdentifyDegradation, SaysThatNoiseWhichGrowsWithBrightnessIsNotExplained) {
  auto pair = blurred(1.2, 0);
  Section noise(SampleType::float32, 1, kFrame);
  add_gaussian_noise(noise, 0.3, 5);
  for (std::int64_t i = 0; i < kFrame.area(); ++i) {
    auto& value = pair.degraded.samples<float>()[i];
    value += value * noise.samples<float>()[i];  // speckle
  }
  EXPECT_FALSE(identify_degradation(pair, kWhole, Border::reflect).explains_the_pair());
}

}  // namespace
}  // namespace firstframe
