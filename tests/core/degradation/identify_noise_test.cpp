#include "core/degradation/identify_noise.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/degradation/blur.h"
#include "core/degradation/noise.h"

namespace firstframe {
namespace {

constexpr Extent kFrame{240, 260};
constexpr Region kAll{0, 0, 240, 260};

// Brightness from 0.1 to 0.9 over the columns, and noise whose deviation is a function of it.
struct Given {
  Section rest{SampleType::float32, 1, kFrame};
  Section predicted{SampleType::float32, 1, kFrame};

  template <typename Sigma>
  explicit Given(const Sigma& sigma) {
    add_gaussian_noise(rest, 1, 5);
    for (std::int64_t i = 0; i < kFrame.area(); ++i) {
      const double brightness = 0.1 + 0.8 * static_cast<double>(i % kFrame.cols) / static_cast<double>(kFrame.cols);
      predicted.samples<float>()[i] = static_cast<float>(brightness);
      rest.samples<float>()[i] *= static_cast<float>(sigma(brightness));
    }
  }
  IdentifiedNoise identified() const { return identify_noise(rest, predicted, kAll); }
};

TEST(IdentifyNoise, FindsWhiteNoiseOfOneStrength) {
  const auto noise = Given([](double) { return 0.05; }).identified();
  EXPECT_NEAR(noise.sigma, 0.05, 0.001);
  EXPECT_EQ(noise.law, NoiseLaw::constant);
  EXPECT_TRUE(noise.is_white());
  EXPECT_FALSE(noise.is_from_blocks());
  EXPECT_NEAR(noise.skew, 0, 0.05);
  EXPECT_NEAR(noise.blockiness, 1, 0.02);
  ASSERT_EQ(noise.classes.size(), 8u);
  for (std::size_t i = 0; i < 8; ++i) {
    EXPECT_NEAR(noise.classes[i].brightness, 0.15 + 0.1 * static_cast<double>(i), 0.005);
    EXPECT_NEAR(noise.classes[i].sigma, 0.05, 0.003);
  }
  for (int down = 0; down < 4; ++down)
    for (int across = 0; across < 4; ++across)
      EXPECT_NEAR(noise.correlations[down][across], down == 0 && across == 0 ? 1 : 0, 0.02);
}

TEST(IdentifyNoise, TellsPhotonNoiseFromSpeckle) {
  const auto photons = Given([](double brightness) { return std::sqrt(0.004 * brightness); }).identified();
  EXPECT_EQ(photons.law, NoiseLaw::poisson_like);
  EXPECT_NEAR(photons.variance.at(0.5), 0.002, 0.0002);
  EXPECT_GT(photons.variance.linear, 0.002);

  const auto speckle = Given([](double brightness) { return 0.2 * brightness; }).identified();
  EXPECT_EQ(speckle.law, NoiseLaw::multiplicative);
  EXPECT_NEAR(speckle.variance.square, 0.04, 0.008);
  EXPECT_NEAR(speckle.variance.at(0.5), 0.01, 0.001);
}

TEST(IdentifyNoise, CallsNoiseThatShrinksWithBrightnessIrregular) {
  EXPECT_EQ(Given([](double brightness) { return 0.1 * (1 - brightness); }).identified().law, NoiseLaw::irregular);
}

TEST(IdentifyNoise, MeasuresCorrelationsAsFarAsTheyReach) {
  Given given([](double) { return 0.1; });
  const std::vector<double> kernel{0.25, 0.5, 0.25};
  blur(given.rest, kernel, Border::reflect);
  const auto noise = given.identified();
  const double one = 4.0 / 6, two = 1.0 / 6;  // of the kernel with itself
  EXPECT_NEAR(noise.correlations[1][0], one, 0.03);
  EXPECT_NEAR(noise.correlations[0][1], one, 0.03);
  EXPECT_NEAR(noise.correlations[1][1], one * one, 0.03);
  EXPECT_NEAR(noise.correlations[0][2], two, 0.03);
  EXPECT_NEAR(noise.correlations[3][0], 0, 0.03);
  EXPECT_FALSE(noise.is_white());
}

TEST(IdentifyNoise, MeasuresSkew) {
  Given given([](double) { return 1.0; });
  for (std::int64_t i = 0; i < kFrame.area(); ++i) {
    auto& value = given.rest.samples<float>()[i];
    value = value * value - 1;  // chi squared with one degree of freedom: skew sqrt(8)
  }
  EXPECT_NEAR(given.identified().skew, std::sqrt(8.0), 0.2);
}

TEST(IdentifyNoise, SeesBlocksOnTheGridOfTheFrame) {
  Given given([](double) { return 0.01; });
  Section levels(SampleType::float32, 1, {40, 40});
  add_gaussian_noise(levels, 0.02, 8);
  constexpr std::int64_t first_row = 3, first_col = 6;  // of the frame
  for (std::int64_t r = 0; r < kFrame.rows; ++r)
    for (std::int64_t c = 0; c < kFrame.cols; ++c)
      given.rest.samples<float>()[r * kFrame.cols + c] += levels.samples<float>()[(r + first_row) / 8 * 40 + (c + first_col) / 8];
  const Region inside{5, 4, 200, 220};
  EXPECT_TRUE(identify_noise(given.rest, given.predicted, inside, first_row, first_col).is_from_blocks());
  EXPECT_FALSE(identify_noise(given.rest, given.predicted, inside, first_row + 4, first_col + 4).is_from_blocks());
}

TEST(IdentifyNoise, ServesARestOfNothing) {
  const auto noise = Given([](double) { return 0.0; }).identified();
  EXPECT_EQ(noise.sigma, 0);
  EXPECT_EQ(noise.slope, 0);
  EXPECT_EQ(noise.blockiness, 1);
}

}  // namespace
}  // namespace firstframe
