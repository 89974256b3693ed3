#include "core/degradation/noise.h"

#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include <algorithm>
#include <cmath>

#include "tests/core/support/sections.h"

namespace firstframe {
namespace {

Section noise(Extent extent, double sigma, std::uint64_t seed, std::int64_t channels = 1) {
  Section section(SampleType::float32, channels, extent);
  add_gaussian_noise(section, sigma, seed);
  return section;
}

TEST(GaussianNoise, HasTheMeanSpreadAndTailsItPromises) {
  const auto section = noise({400, 501}, 0.1, 7);
  const double count = 400 * 501;
  double sum = 0, squares = 0, fourth = 0;
  for (int i = 0; i < 400 * 501; ++i) {
    const double value = section.samples<float>()[i] / 0.1;
    sum += value;
    squares += value * value;
    fourth += value * value * value * value;
  }
  EXPECT_NEAR(sum / count, 0, 0.01);
  EXPECT_NEAR(squares / count, 1, 0.01);
  EXPECT_NEAR(fourth / count, 3, 0.1);  // a Gaussian's fourth moment
}

TEST(GaussianNoise, IsWhite) {
  const auto section = noise({300, 300}, 1, 3);
  double across = 0, down = 0;
  for (int r = 0; r + 1 < 300; ++r)
    for (int c = 0; c + 1 < 300; ++c) {
      const float* at = section.samples<float>() + r * 300 + c;
      across += at[0] * at[1];
      down += at[0] * at[300];
    }
  EXPECT_NEAR(across / (299 * 299), 0, 0.015);
  EXPECT_NEAR(down / (299 * 299), 0, 0.015);
}

TEST(GaussianNoise, IsTheSameForTheSameSeedOnly) {
  EXPECT_TRUE(same_bytes(noise({20, 21}, 0.1, 5), noise({20, 21}, 0.1, 5)));
  EXPECT_FALSE(same_bytes(noise({20, 21}, 0.1, 5), noise({20, 21}, 0.1, 6)));
  EXPECT_FALSE(same_bytes(noise({20, 21}, 0.1, 5), noise({20, 21}, 0.1, 5 + (1ull << 32))));
}

TEST(GaussianNoise, DiffersFromChannelToChannel) {
  const auto section = noise({8, 8}, 0.1, 5, /*channels=*/2);
  EXPECT_FALSE(same_bytes(Section(section.view().channel(0)), Section(section.view().channel(1))));
}

// The first values of seed 1, so that another platform or standard library would be noticed.
TEST(GaussianNoise, IsTheSameOnEveryMachine) {
  const auto section = noise({2, 2}, 1, 1);
  const float expected[] = {-0.6648123f, -0.3331877f, -1.2678072f, -0.3865127f};
  for (int i = 0; i < 4; ++i) EXPECT_NEAR(section.samples<float>()[i], expected[i], 1e-5) << i;
}

constexpr NoiseKind kKinds[] = {NoiseKind::gaussian, NoiseKind::poisson, NoiseKind::speckle};

struct Spread {
  double mean = 0, deviation = 0;
};

// Of noise on a plane of one value.
Spread spread(NoiseKind kind, float value, double sigma) {
  const Extent extent{200, 301};
  Section section(SampleType::float32, 1, extent);
  float* values = section.samples<float>();
  std::fill(values, values + extent.area(), value);
  add_noise(section, kind, sigma, 4);
  double sum = 0, squares = 0;
  for (std::int64_t i = 0; i < extent.area(); ++i) {
    const double off = static_cast<double>(values[i]) - value;
    sum += off;
    squares += off * off;
  }
  const auto count = static_cast<double>(extent.area());
  return {value + sum / count, std::sqrt(squares / count)};
}

TEST(Noise, OfEveryKindIsEquallyStrongAtMidGrey) {
  for (const auto kind : kKinds)
    for (const double sigma : {0.01, 0.04, 0.3}) {
      const auto found = spread(kind, 0.5f, sigma);
      EXPECT_NEAR(found.deviation / sigma, 1, 0.015) << name_of(kind) << " " << sigma;
      EXPECT_NEAR(found.mean, 0.5, 0.02 * sigma) << name_of(kind) << " " << sigma;
    }
}

TEST(Noise, FollowsTheBrightnessAsItsKindSays) {
  for (const float value : {0.125f, 0.25f, 1.0f}) {
    EXPECT_NEAR(spread(NoiseKind::gaussian, value, 0.04).deviation / 0.04, 1, 0.015);
    EXPECT_NEAR(spread(NoiseKind::poisson, value, 0.04).deviation / (0.04 * std::sqrt(2 * value)), 1, 0.015);
    EXPECT_NEAR(spread(NoiseKind::speckle, value, 0.04).deviation / (0.04 * 2 * value), 1, 0.015);
  }
}

TEST(Noise, LeavesBlackAloneWhereItFollowsTheBrightness) {
  EXPECT_EQ(spread(NoiseKind::poisson, 0, 0.1).deviation, 0);
  EXPECT_EQ(spread(NoiseKind::speckle, 0, 0.1).deviation, 0);
}

TEST(Noise, OfPhotonsComesInWholePhotons) {
  Section section(SampleType::float32, 1, {20, 20});
  std::fill(section.samples<float>(), section.samples<float>() + 400, 0.5f);
  add_noise(section, NoiseKind::poisson, 0.25, 1);  // 8 photons are white
  for (int i = 0; i < 400; ++i) {
    const float photons = 8 * section.samples<float>()[i];
    EXPECT_NEAR(photons, std::round(photons), 1e-5);
  }
}

TEST(Noise, OfNoStrengthChangesNothing) {
  const auto clean = scramble(SampleType::float32, 2, {9, 13});
  for (const auto kind : kKinds) {
    auto section = clean;
    add_noise(section, kind, 0, 7);
    EXPECT_TRUE(same_bytes(section, clean));
  }
}

TEST(Noise, IsTheSameForAnyNumberOfThreads) {
  for (const auto kind : kKinds) {
    auto together = scramble(SampleType::float32, 2, {90, 130});
    auto alone = together;
    add_noise(together, kind, 0.1, 7);
    const tbb::global_control one(tbb::global_control::max_allowed_parallelism, 1);
    add_noise(alone, kind, 0.1, 7);
    EXPECT_TRUE(same_bytes(together, alone)) << name_of(kind);
  }
}

TEST(NoiseKind, IsKnownByItsName) {
  for (const auto kind : kKinds) EXPECT_EQ(noise_kind_named(name_of(kind)), kind);
  EXPECT_EQ(noise_kind_named("salt"), std::nullopt);
}

}  // namespace
}  // namespace firstframe
