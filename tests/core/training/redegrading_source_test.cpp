#include "core/training/redegrading_source.h"

#include <gtest/gtest.h>

#include "core/restorers/wiener_filters.h"
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

RedegradingSource source_of(const IdentifiedDegradation& degradation, std::int64_t patch, std::int64_t margin,
                            const SeenThrough& through = {}, Variation variation = {0.5, 0, 1}) {
  const TrainingPair pair{scene(kFrame, SampleType::float32), scene(kFrame, SampleType::float32)};
  auto bank = make_degraded_bank(pair, kWhole, degradation, through, {patch + 2 * margin, variation.drawn > 0});
  return {std::move(bank), patch, margin, variation};
}

torch::Generator seeded(std::uint64_t seed) { return torch::make_generator<at::CPUGeneratorImpl>(seed); }

TEST(RedegradingSource, AddsFreshNoiseOfTheIdentifiedStrength) {
  const auto source = source_of(noise_only(0.1), /*patch=*/24, /*margin=*/4);
  auto generator = seeded(1);
  const auto batch = source.draw(64, generator);
  ASSERT_EQ(batch.degraded.sizes(), torch::IntArrayRef({64, 1, 32, 32}));
  ASSERT_EQ(batch.clean.sizes(), torch::IntArrayRef({64, 1, 24, 24}));
  const auto noise = batch.degraded.narrow(2, 4, 24).narrow(3, 4, 24) - batch.clean;
  EXPECT_NEAR(noise.std().item<double>(), 0.1, 0.003);
  EXPECT_NEAR(noise.mean().item<double>(), 0, 0.003);
}

TEST(RedegradingSource, AddsNoiseThatFollowsTheBrightness) {
  auto degradation = noise_only(0.05);
  degradation.noise.law = NoiseLaw::multiplicative;
  degradation.noise.variance = {0, 0, 0.01};  // a tenth of the value
  const auto source = source_of(degradation, 24, 4);
  auto generator = seeded(1);
  const auto batch = source.draw(256, generator);
  const auto noise = batch.degraded.narrow(2, 4, 24).narrow(3, 4, 24) - batch.clean;
  for (const double value : {0.2, 0.5, 0.8}) {
    const auto near = (batch.clean - value).abs() < 0.05;
    ASSERT_GT(near.sum().item<std::int64_t>(), 1000);
    EXPECT_NEAR(noise.masked_select(near).std().item<double>(), 0.1 * value, 0.008 * value);
  }
}

TEST(RedegradingSource, VariesTheNoiseWhereAskedTo) {
  const auto source = source_of(noise_only(0.01), 24, 4, {}, {0, 1, 10});
  auto generator = seeded(1);
  const auto batch = source.draw(64, generator);
  const auto strength = (batch.degraded.narrow(2, 4, 24).narrow(3, 4, 24) - batch.clean).std({1, 2, 3}, true);
  EXPECT_LT(strength.min().item<double>(), 0.02);
  EXPECT_GT(strength.max().item<double>(), 0.08);
  EXPECT_LT(strength.max().item<double>(), 0.105);
}

TEST(RedegradingSource, DegradesWithTheIdentifiedKernelHoweverThePatchIsTurned) {
  auto degradation = noise_only(0);
  degradation.kernel = {3, {0, 0, 0, 0, 0, 1, 0, 0, 0}};  // every pixel takes the value of its right neighbour
  const auto source = source_of(degradation, /*patch=*/16, /*margin=*/2);
  auto generator = seeded(2);
  for (int i = 0; i < 16; ++i) {
    const auto batch = source.draw(4, generator);
    EXPECT_TRUE(torch::allclose(batch.degraded.narrow(2, 2, 16).narrow(3, 1, 16), batch.clean, 1e-4, 1e-5));
  }
}

TEST(RedegradingSource, KeepsGainAndOffsetWhenContrastAndBrightnessChange) {
  auto degradation = noise_only(0);
  degradation.kernel = {1, {0.5f}};
  degradation.offset = 0.2;
  const auto source = source_of(degradation, 16, 2);
  auto generator = seeded(3);
  const auto batch = source.draw(16, generator);
  const auto expected = 0.5 * batch.clean + 0.2;
  EXPECT_TRUE(torch::allclose(batch.degraded.narrow(2, 2, 16).narrow(3, 2, 16), expected, 1e-4, 1e-5));
}

TEST(RedegradingSource, GivesWhatTheFiltersChangeAsANetworkWouldComputeIt) {
  auto degradation = noise_only(0.01);
  degradation.kernel = gaussian_psf(1.6, 15);
  const auto filters = wiener_filters(degradation);
  ASSERT_EQ(filters.size(0), 2);
  const auto source = source_of(degradation, 32, 16, {{}, filters, 1});
  auto generator = seeded(4);
  const auto seen = source.draw(8, generator).degraded;
  ASSERT_EQ(seen.sizes(), torch::IntArrayRef({8, 3, 64, 64}));
  const auto frame = seen.narrow(1, 0, 1);
  const auto reach = kWienerSize / 2, inner = 64 - 2 * reach;
  const auto computed = torch::conv2d(frame, filters) - frame.narrow(2, reach, inner).narrow(3, reach, inner);
  EXPECT_TRUE(torch::allclose(seen.narrow(1, 1, 2).narrow(2, reach, inner).narrow(3, reach, inner), computed, 1e-3, 1e-4));
}

TEST(RedegradingSource, DrawsTheSamePatchesFromTheSameSeed) {
  const auto source = source_of(noise_only(0.05), 16, 2);
  auto one = seeded(3), same = seeded(3), other = seeded(4);
  const auto first = source.draw(4, one).degraded;
  EXPECT_TRUE(torch::equal(first, source.draw(4, same).degraded));
  EXPECT_FALSE(torch::equal(first, source.draw(4, other).degraded));
}

}  // namespace
}  // namespace firstframe
