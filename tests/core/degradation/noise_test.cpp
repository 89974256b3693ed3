#include "core/degradation/noise.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace firstframe
