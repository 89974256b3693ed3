#include "core/training/pair_correlation.h"

#include <gtest/gtest.h>

#include "core/degradation/noise.h"
#include "tests/core/support/sections.h"
#include "tests/support/scenes.h"

namespace firstframe {
namespace {

Section cut(const Section& section, Region region) { return Section(section.view().crop(region)); }

TEST(PairCorrelation, IsOneForTheSameSceneWhateverItsContrast) {
  TrainingPair pair{scene({40, 50}, SampleType::float32), scene({40, 50}, SampleType::float32)};
  for (std::int64_t i = 0; i < 2000; ++i) pair.degraded.samples<float>()[i] = 0.2f + 0.3f * pair.degraded.samples<float>()[i];
  EXPECT_NEAR(pair_correlation(pair).value, 1, 1e-6);
  for (std::int64_t i = 0; i < 2000; ++i) pair.degraded.samples<float>()[i] *= -1;
  EXPECT_NEAR(pair_correlation(pair).value, -1, 1e-6);
}

TEST(PairCorrelation, IsWhatNoiseLeavesOfIt) {
  TrainingPair pair{scramble(SampleType::float32, 1, {200, 200}), scramble(SampleType::float32, 1, {200, 200})};
  add_gaussian_noise(pair.degraded, 0.5, 3);  // the scramble's own deviation is 1 / sqrt(12)
  EXPECT_NEAR(pair_correlation(pair).value, 1 / std::sqrt(1 + 12 * 0.25), 0.01);
}

TEST(PairCorrelation, FindsTheShift) {
  const auto large = scramble(SampleType::float32, 1, {100, 120});
  const TrainingPair pair{cut(large, {8, 3, 80, 90}), cut(large, {13, 1, 80, 90})};
  const auto found = pair_correlation(pair);
  EXPECT_NEAR(found.value, 1, 1e-6);
  EXPECT_EQ(found.rows_down, 5);
  EXPECT_EQ(found.cols_across, -2);
}

TEST(PairCorrelation, IsSmallForTwoScenes) {
  const TrainingPair pair{scramble(SampleType::uint8, 3, {80, 90}, 1), scramble(SampleType::uint8, 3, {80, 90}, 2)};
  EXPECT_LT(std::abs(pair_correlation(pair).value), kOneScene);
}

}  // namespace
}  // namespace firstframe
