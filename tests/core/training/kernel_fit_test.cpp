#include "core/training/kernel_fit.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/core/support/filtered_pair.h"

namespace firstframe {
namespace {

constexpr std::int64_t kReach = 4;
const std::vector<Region> kInside{{kReach, kReach, 100 - 2 * kReach, 120 - 2 * kReach}};
const Kernel kLopsided{3, {0.1f, -0.2f, 0.05f, 0.3f, 0.6f, -0.1f, 0.02f, -0.05f, 0.18f}};

KernelFit fitted(const TrainingPair& pair) { return fit_kernel(kernel_equations(pair, kInside, kReach)); }

TEST(KernelFit, RecoversKernelAndOffsetAndCutsEmptyRings) {
  const auto fit = fitted(filtered(kLopsided, 0.03, 0));
  ASSERT_EQ(fit.kernel.size, 3);
  for (std::size_t i = 0; i < 9; ++i) EXPECT_NEAR(fit.kernel.taps[i], kLopsided.taps[i], 1e-4);
  EXPECT_NEAR(fit.offset, 0.03, 1e-4);
}

TEST(KernelFit, KeepsAKernelThatIsNotCentred) {
  Kernel moved{9, std::vector<float>(81, 0.0f)};
  moved.taps[1 * 9 + 7] = 1;  // 3 rows up, 3 columns right
  const auto fit = fitted(filtered(moved, 0, 0.02));
  EXPECT_EQ(fit.kernel.size, 7);
  EXPECT_NEAR(fit.centroid_down, -3, 4 * fit.centroid_error);
  EXPECT_NEAR(fit.centroid_across, 3, 4 * fit.centroid_error);
}

TEST(KernelFit, LeavesOneTapWhenOnlyNoiseWasAdded) {
  const auto fit = fitted(filtered({}, 0, 0.1));
  EXPECT_EQ(fit.kernel.size, 1);
  EXPECT_NEAR(fit.kernel.taps[0], 1, 0.01);
  EXPECT_NEAR(std::sqrt(fit.noise_variance), 0.1, 0.003);
}

// Over many draws of the noise the taps scatter as much as their standard errors say, and so does the centroid.
TEST(KernelFit, KnowsItsErrors) {
  constexpr int draws = 40;
  double taps = 0, centroids = 0;
  for (int i = 0; i < draws; ++i) {
    const auto fit = fitted(filtered(kLopsided, 0, 0.05, 100 + static_cast<std::uint64_t>(i)));
    ASSERT_EQ(fit.kernel.size, 3);
    for (std::size_t tap = 0; tap < 9; ++tap) taps += std::pow((fit.kernel.taps[tap] - kLopsided.taps[tap]) / fit.error[tap], 2);
    double truth = 0, sum = 0;
    for (std::size_t tap = 0; tap < 9; ++tap) {
      truth += kLopsided.taps[tap] * (static_cast<double>(tap % 3) - 1);
      sum += kLopsided.taps[tap];
    }
    centroids += std::pow((fit.centroid_across - truth / sum) / fit.centroid_error, 2);
  }
  EXPECT_NEAR(taps / (9 * draws), 1, 0.25);
  EXPECT_NEAR(centroids / draws, 1, 0.7);
}

TEST(KernelFit, KeepsTheRingsItIsToldTo) {
  const auto pair = filtered({}, 0, 0.1);
  EXPECT_EQ(fit_kernel(kernel_equations(pair, kInside, kReach), 2).kernel.size, 5);
}

}  // namespace
}  // namespace firstframe
