#include "core/training/redegrading_source.h"

#include <gtest/gtest.h>

#include "tests/support/scenes.h"

namespace firstframe {
namespace {

constexpr Extent kFrame{96, 128};
constexpr Region kWhole{0, 0, 96, 128};

IdentifiedDegradation noise_only(double sigma) {
  IdentifiedDegradation degradation;
  degradation.noise.sigma = sigma;
  return degradation;
}

TrainingPair pair() { return {scene(kFrame, SampleType::float32), scene(kFrame, SampleType::float32)}; }

torch::Generator seeded(std::uint64_t seed) { return torch::make_generator<at::CPUGeneratorImpl>(seed); }

TEST(RedegradingSource, AddsFreshNoiseOfTheIdentifiedStrength) {
  const RedegradingSource source(pair(), kWhole, /*patch=*/24, /*margin=*/4, noise_only(0.1));
  auto generator = seeded(1);
  const auto batch = source.draw(64, generator);
  ASSERT_EQ(batch.degraded.sizes(), torch::IntArrayRef({64, 1, 32, 32}));
  ASSERT_EQ(batch.clean.sizes(), torch::IntArrayRef({64, 1, 24, 24}));
  const auto noise = batch.degraded.narrow(2, 4, 24).narrow(3, 4, 24) - batch.clean;
  EXPECT_NEAR(noise.std().item<double>(), 0.1, 0.002);
  EXPECT_NEAR(noise.mean().item<double>(), 0, 0.002);
}

TEST(RedegradingSource, DegradesWithTheIdentifiedKernelHoweverThePatchIsTurned) {
  auto degradation = noise_only(0);
  degradation.kernel = {3, {0, 0, 0, 0, 0, 1, 0, 0, 0}};  // every pixel takes the value of its right neighbour
  const RedegradingSource source(pair(), kWhole, /*patch=*/16, /*margin=*/2, degradation);
  auto generator = seeded(2);
  for (int i = 0; i < 16; ++i) {
    const auto batch = source.draw(4, generator);
    EXPECT_TRUE(torch::allclose(batch.degraded.narrow(2, 2, 16).narrow(3, 1, 16), batch.clean));
  }
}

TEST(RedegradingSource, DrawsTheSamePatchesFromTheSameSeed) {
  const RedegradingSource source(pair(), kWhole, 16, 2, noise_only(0.05));
  auto one = seeded(3), same = seeded(3), other = seeded(4);
  const auto first = source.draw(4, one).degraded;
  EXPECT_TRUE(torch::equal(first, source.draw(4, same).degraded));
  EXPECT_FALSE(torch::equal(first, source.draw(4, other).degraded));
}

TEST(RedegradingSource, KnowsWhetherAPartIsLargeEnough) {
  auto degradation = noise_only(0);
  degradation.kernel = gaussian_psf(1.5, 9);
  EXPECT_TRUE(RedegradingSource::fits({0, 0, 28, 40}, 16, 2, degradation));
  EXPECT_FALSE(RedegradingSource::fits({0, 0, 27, 40}, 16, 2, degradation));
}

}  // namespace
}  // namespace firstframe
