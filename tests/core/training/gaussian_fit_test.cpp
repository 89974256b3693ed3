#include "core/training/gaussian_fit.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "tests/core/support/filtered_pair.h"

namespace firstframe {
namespace {

constexpr std::int64_t kReach = 8;
const std::vector<Region> kInside{{kReach, kReach, 100 - 2 * kReach, 120 - 2 * kReach}};

KernelFit fitted(const Kernel& kernel, double noise, std::uint64_t seed = 7) {
  return fit_blur(kernel_equations(filtered(kernel, 0.03, noise, seed), kInside, kReach));
}

Kernel moved_gaussian(double sigma, double down, double across) {
  Kernel kernel{17, {}};
  for (int row = -8; row <= 8; ++row)
    for (int col = -8; col <= 8; ++col)
      kernel.taps.push_back(static_cast<float>(
          std::exp(-(std::pow(row - down, 2) + std::pow(col - across, 2)) / (2 * sigma * sigma)) / (2 * 3.14159265 * sigma * sigma)));
  return kernel;
}

TEST(GaussianFit, RecognisesAGaussianAndKnowsItBetter) {
  const auto truth = gaussian_psf(1.6, 13);
  const auto pair = filtered(truth, 0.03, 0.02);
  const auto equations = kernel_equations(pair, kInside, kReach);
  const auto free = fit_kernel(equations), fit = fit_blur(equations);
  ASSERT_TRUE(fit.gaussian);
  EXPECT_NEAR(fit.gaussian->sigma, 1.6, 4 * fit.gaussian->sigma_error);
  EXPECT_LT(fit.gaussian->sigma_error, 0.03);
  EXPECT_NEAR(fit.offset, 0.03, 0.005);
  const auto error = [&](const Kernel& kernel) {
    double sum = 0;
    for (std::int64_t row = -6; row <= 6; ++row)
      for (std::int64_t col = -6; col <= 6; ++col) {
        const bool is_inside = std::max(std::abs(row), std::abs(col)) <= kernel.reach();
        sum += std::pow((is_inside ? kernel.at(row, col) : 0.0f) - truth.at(row, col), 2);
      }
    return std::sqrt(sum);
  };
  EXPECT_LT(error(fit.kernel), error(free.kernel) / 2);
}

TEST(GaussianFit, KeepsItsCentreAndGain) {
  auto kernel = moved_gaussian(1.2, -0.7, 1.3);
  for (auto& tap : kernel.taps) tap *= 0.8f;
  const auto fit = fitted(kernel, 0.005);
  ASSERT_TRUE(fit.gaussian);
  EXPECT_NEAR(fit.centroid_down, -0.7, 4 * fit.centroid_error);
  EXPECT_NEAR(fit.centroid_across, 1.3, 4 * fit.centroid_error);
  EXPECT_NEAR(std::accumulate(fit.kernel.taps.begin(), fit.kernel.taps.end(), 0.0), 0.8, 0.005);
}

TEST(GaussianFit, LeavesOtherShapesAlone) {
  EXPECT_FALSE(fitted(kernel_named("box:5"), 0.01).gaussian);
  EXPECT_FALSE(fitted(kernel_named("box:3"), 0.01).gaussian);
  Kernel streak{9, std::vector<float>(81, 0.0f)};
  for (int col = 0; col < 9; ++col) streak.taps[4 * 9 + col] = 1.0f / 9;
  EXPECT_FALSE(fitted(streak, 0.01).gaussian);
  const Kernel lopsided{3, {0.1f, -0.2f, 0.05f, 0.3f, 0.6f, -0.1f, 0.02f, -0.05f, 0.18f}};
  EXPECT_FALSE(fitted(lopsided, 0.01).gaussian);
  EXPECT_FALSE(fitted({}, 0.02).gaussian) << "nothing was blurred";
}

// Over many draws of the noise sigma scatters as much as its standard error says, and the shape is nearly always seen.
TEST(GaussianFit, KnowsItsError) {
  constexpr int draws = 40;
  double squares = 0;
  int recognised = 0;
  for (int i = 0; i < draws; ++i) {
    const auto fit = fitted(gaussian_psf(1.4, 13), 0.05, 100 + static_cast<std::uint64_t>(i));
    if (!fit.gaussian) continue;
    ++recognised;
    squares += std::pow((fit.gaussian->sigma - 1.4) / fit.gaussian->sigma_error, 2);
  }
  EXPECT_GE(recognised, draws - 2);
  EXPECT_NEAR(squares / recognised, 1, 0.6);
}

}  // namespace
}  // namespace firstframe
