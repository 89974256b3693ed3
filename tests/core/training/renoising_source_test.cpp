#include "core/training/renoising_source.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/degradation/noise.h"
#include "tests/support/messages.h"
#include "tests/support/scenes.h"

namespace firstframe {
namespace {

constexpr Extent kFrame{96, 128};
constexpr Region kWhole{0, 0, 96, 128};

// degraded = 0.8 clean + 0.05 + noise
TrainingPair noisy_pair(double sigma) {
  TrainingPair pair{scene(kFrame, SampleType::float32), scene(kFrame, SampleType::float32)};
  for (std::int64_t i = 0; i < kFrame.area(); ++i) pair.degraded.samples<float>()[i] = 0.8f * pair.clean.samples<float>()[i] + 0.05f;
  if (sigma > 0) add_gaussian_noise(pair.degraded, sigma, 7);
  return pair;
}

PatchBatch drawn(const TrainingPair& pair, std::int64_t count, std::uint64_t seed = 1) {
  auto generator = torch::make_generator<at::CPUGeneratorImpl>(seed);
  return RenoisingSource(pair, kWhole, /*patch=*/24, /*margin=*/4).draw(count, generator);
}

torch::Tensor inside(const PatchBatch& batch) { return batch.degraded.narrow(2, 4, 24).narrow(3, 4, 24); }

// What the best gain and offset of every patch leaves of it.
torch::Tensor rest_of(const PatchBatch& batch) {
  const auto x = batch.clean - batch.clean.mean({1, 2, 3}, true), y = inside(batch) - inside(batch).mean({1, 2, 3}, true);
  return y - x * ((x * y).sum({1, 2, 3}, true) / x.square().sum({1, 2, 3}, true).clamp_min(1e-9));
}

TEST(RenoisingSource, GivesPatchesWithTheirMargins) {
  const auto batch = drawn(noisy_pair(0.1), 5);
  EXPECT_EQ(batch.degraded.sizes(), torch::IntArrayRef({5, 1, 32, 32}));
  EXPECT_EQ(batch.clean.sizes(), torch::IntArrayRef({5, 1, 24, 24}));
}

// However tilted, stretched, mirrored or inverted, degraded and clean show the same place: without noise nothing is left.
TEST(RenoisingSource, ShowsDegradedAndCleanAtTheSamePlace) {
  EXPECT_LT(rest_of(drawn(noisy_pair(0), 64)).abs().max().item<double>(), 1e-3);
}

TEST(RenoisingSource, KeepsTheStrengthOfTheNoise) {
  EXPECT_NEAR(rest_of(drawn(noisy_pair(0.1), 256)).std().item<double>(), 0.1, 0.008);
}

// Half of the patches of a pair that repeats one row of noise in the same place are that row over another scene.
TEST(RenoisingSource, LaysTheNoiseOverOtherPlaces) {
  auto pair = noisy_pair(0);
  for (std::int64_t c = 0; c < kFrame.cols; ++c) pair.degraded.samples<float>()[40 * kFrame.cols + c] += 0.5f;
  const auto batch = drawn(pair, 400);
  const auto line = rest_of(batch).mean({1, 3});  // of every row of every patch
  const auto has_line = line.abs().amax(1) > 0.1;
  // On the pair itself the bright row lies on what row 40 shows; over another scene it may lie on anything. A patch of the pair
  // whose rows miss row 40 by far has none.
  EXPECT_GT(has_line.sum().item<std::int64_t>(), 40);
  EXPECT_LT(has_line.sum().item<std::int64_t>(), 360);
}

TEST(RenoisingSource, ChangesContrastBrightnessAndSign) {
  const auto pair = noisy_pair(0);
  const auto batch = drawn(pair, 200);
  const auto x = batch.clean - batch.clean.mean({1, 2, 3}, true), y = inside(batch) - inside(batch).mean({1, 2, 3}, true);
  const auto gain = (x * y).sum({1, 2, 3}) / x.square().sum({1, 2, 3}).clamp_min(1e-9);
  EXPECT_NEAR(gain.median().item<double>(), 0.8, 0.01);  // degraded and clean are changed alike
  const auto brightness = batch.clean.mean({1, 2, 3});
  EXPECT_GT(brightness.std().item<double>(), 0.08);
}

TEST(RenoisingSource, MakesMovedNoiseAsStrongAsTheBrightnessWantsIt) {
  TrainingPair pair{scene(kFrame, SampleType::float32), scene(kFrame, SampleType::float32)};
  Section unit(SampleType::float32, 1, kFrame);
  add_gaussian_noise(unit, 1, 7);
  for (std::int64_t i = 0; i < kFrame.area(); ++i)
    pair.degraded.samples<float>()[i] = pair.clean.samples<float>()[i] * (1 + 0.2f * unit.samples<float>()[i]);
  auto generator = torch::make_generator<at::CPUGeneratorImpl>(1);
  const auto contrast_of_noise = [&](std::optional<VarianceLaw> law) {
    const auto batch = RenoisingSource(pair, kWhole, 24, 4, law).draw(2000, generator);
    const auto noise = inside(batch) - batch.clean;
    const auto deviation = [&](double low, double high) {
      return noise.masked_select((batch.clean > low) & (batch.clean < high)).std().item<double>();
    };
    return deviation(0.7, 0.9) / deviation(0.1, 0.3);
  };
  EXPECT_GT(contrast_of_noise(VarianceLaw{0, 0, 0.04}), 1.2 * contrast_of_noise({}));
}

TEST(RenoisingSource, GivesTheSamePatchesForTheSameSeed) {
  const auto pair = noisy_pair(0.1);
  EXPECT_TRUE(torch::equal(drawn(pair, 8, 3).degraded, drawn(pair, 8, 3).degraded));
  EXPECT_FALSE(torch::equal(drawn(pair, 8, 3).degraded, drawn(pair, 8, 4).degraded));
}

TEST(RenoisingSource, TakesAPartThatAPatchJustFits) {
  const auto pair = noisy_pair(0.1);
  const Region small{3, 5, 34, 34};
  auto generator = torch::make_generator<at::CPUGeneratorImpl>(1);
  EXPECT_TRUE(torch::isfinite(RenoisingSource(pair, small, 24, 4).draw(32, generator).degraded).all().item<bool>());
  EXPECT_EQ(message_of<ArgumentError>([&] { RenoisingSource(pair, {0, 0, 33, 96}, 24, 4); }),
            "patch: 24 with a margin of 4 does not fit a part of 33 x 96; use a smaller patch");
}

}  // namespace
}  // namespace firstframe
