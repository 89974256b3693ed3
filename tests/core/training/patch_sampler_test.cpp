#include "core/training/patch_sampler.h"

#include <gtest/gtest.h>

#include "tests/core/support/sections.h"

namespace firstframe {
namespace {

// The same ramp twice: every value tells where it was cut.
TrainingPair ramps() {
  return {ramp(SampleType::float32, 2, {20, 30}), ramp(SampleType::float32, 2, {20, 30})};
}

torch::Generator seeded(std::uint64_t seed) { return torch::make_generator<at::CPUGeneratorImpl>(seed); }

TEST(PatchSampler, CutsDegradedAndCleanAtTheSamePlace) {
  auto generator = seeded(1);
  const PatchSampler sampler(ramps(), {0, 0, 20, 30}, /*patch=*/4, /*margin=*/3, Border::reflect);
  const auto batch = sampler.draw(50, generator);
  ASSERT_EQ(batch.degraded.sizes(), (std::vector<std::int64_t>{50, 2, 10, 10}));
  ASSERT_EQ(batch.clean.sizes(), (std::vector<std::int64_t>{50, 2, 4, 4}));
  EXPECT_TRUE(torch::equal(batch.degraded.narrow(2, 3, 4).narrow(3, 3, 4), batch.clean));
}

TEST(PatchSampler, StaysInsideItsPart) {
  auto generator = seeded(1);
  const PatchSampler sampler(ramps(), {5, 10, 8, 6}, /*patch=*/4, /*margin=*/0, Border::reflect);
  const auto corners =
      (sampler.draw(400, generator).clean.select(1, 0).select(1, 0).select(1, 0) * 1200).round();
  const auto rows = (corners / 30).floor(), cols = corners - rows * 30;
  EXPECT_EQ(rows.min().item<float>(), 5);
  EXPECT_EQ(rows.max().item<float>(), 9);
  EXPECT_EQ(cols.min().item<float>(), 10);
  EXPECT_EQ(cols.max().item<float>(), 12);
}

TEST(PatchSampler, CutsOnTheGridOfTheSection) {
  auto generator = seeded(1);
  const PatchSampler sampler(ramps(), {4, 7, 16, 22}, /*patch=*/6, /*margin=*/3, Border::reflect, /*grid=*/3);
  const auto batch = sampler.draw(400, generator);
  const auto corners = (batch.clean.select(1, 0).select(1, 0).select(1, 0) * 1200).round();
  const auto rows = (corners / 30).floor(), cols = corners - rows * 30;
  EXPECT_EQ(rows.min().item<float>(), 6);
  EXPECT_EQ(rows.max().item<float>(), 12);
  EXPECT_EQ(cols.min().item<float>(), 9);
  EXPECT_EQ(cols.max().item<float>(), 21);
  EXPECT_EQ(rows.remainder(3).abs().max().item<float>(), 0);
  EXPECT_EQ(cols.remainder(3).abs().max().item<float>(), 0);
  EXPECT_TRUE(torch::equal(batch.degraded.narrow(2, 3, 6).narrow(3, 3, 6), batch.clean));
}

TEST(PatchSampler, ExtendsTheDegradedSectionByItsBorder) {
  auto generator = seeded(1);
  const PatchSampler sampler(ramps(), {0, 0, 20, 30}, /*patch=*/20, /*margin=*/1, Border::circular);
  const auto batch = sampler.draw(1, generator);  // rows can start at 0 only
  EXPECT_TRUE(torch::equal(batch.degraded[0][0][0].narrow(0, 1, 20), batch.clean[0][0][19]));
}

TEST(PatchSampler, DrawsTheSamePatchesFromTheSameSeed) {
  const PatchSampler sampler(ramps(), {0, 0, 20, 30}, /*patch=*/4, /*margin=*/1, Border::reflect);
  auto first = seeded(7), second = seeded(7), third = seeded(8);
  const auto batch = sampler.draw(16, first);
  EXPECT_TRUE(torch::equal(batch.clean, sampler.draw(16, second).clean));
  EXPECT_FALSE(torch::equal(batch.clean, sampler.draw(16, third).clean));
  EXPECT_FALSE(torch::equal(batch.clean, sampler.draw(16, first).clean));
}

}  // namespace
}  // namespace firstframe
