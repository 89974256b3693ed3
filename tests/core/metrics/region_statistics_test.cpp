#include "core/metrics/region_statistics.h"

#include <gtest/gtest.h>

#include "core/metrics/signal_to_noise.h"
#include "core/metrics/speckle.h"

namespace firstframe {
namespace {

TEST(RegionStatistics, AreMeanAndVariance) {
  const auto found = region_statistics({1, 2, 3, 6});
  EXPECT_DOUBLE_EQ(found.mean, 3);
  EXPECT_DOUBLE_EQ(found.variance, 3.5);
}

TEST(RegionStatistics, OfAConstantHaveNoVariance) {
  EXPECT_EQ(region_statistics(std::vector<double>(999, 0.2f)).variance, 0);
}

TEST(ContrastToNoise, IsTheDifferenceInMeanDeviations) {
  EXPECT_DOUBLE_EQ(contrast_to_noise({10, 9}, {2, 7}), 8 / std::sqrt(8.0));
  EXPECT_DOUBLE_EQ(contrast_to_noise({2, 7}, {10, 9}), contrast_to_noise({10, 9}, {2, 7}));
}

TEST(MeanToDeviation, IsTheirRatio) { EXPECT_DOUBLE_EQ(mean_to_deviation({6, 4}), 3); }

TEST(SignalToNoise, IsTheLargestValueAgainstTheBackground) {
  EXPECT_NEAR(signal_to_noise_db(10, {0.3, 0.01}), 40, 1e-9);
}

TEST(EquivalentLooks, AreTheSquareOfTheInverseContrast) {
  EXPECT_DOUBLE_EQ(equivalent_looks({4, 2}), 8);
  EXPECT_DOUBLE_EQ(speckle_contrast({4, 4}), 0.5);
  EXPECT_TRUE(std::isinf(equivalent_looks({4, 0})));
}

}  // namespace
}  // namespace firstframe
