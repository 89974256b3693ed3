#include "core/degradation/poisson.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

namespace firstframe {
namespace {

class PoissonOf : public testing::TestWithParam<double> {};

// On both sides of 10, where the way of drawing changes, and far above.
TEST_P(PoissonOf, HasItsMeanAsMeanAndVarianceAndItsSkew) {
  const double mean = GetParam();
  constexpr int kDraws = 200000;
  std::mt19937_64 generator(3);
  double sum = 0, squares = 0, cubes = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double count = poisson(mean, generator);
    ASSERT_EQ(count, std::floor(count));
    ASSERT_GE(count, 0);
    const double off = (count - mean) / std::sqrt(mean);
    sum += off;
    squares += off * off;
    cubes += off * off * off;
  }
  EXPECT_NEAR(sum / kDraws, 0, 0.01);
  EXPECT_NEAR(squares / kDraws, 1, 0.02);
  EXPECT_NEAR(cubes / kDraws, 1 / std::sqrt(mean), 0.05);
}

INSTANTIATE_TEST_SUITE_P(Mean, PoissonOf, testing::Values(0.5, 4.0, 9.9, 10.0, 12.5, 60.0, 3000.0));

// exp(-m) m^k / k!, multiplied out.
TEST(Poisson, DrawsEveryCountAsOftenAsItsFormulaSays) {
  for (const double mean : {3.0, 11.0}) {
    constexpr int kDraws = 200000;
    std::mt19937_64 generator(5);
    std::map<int, int> drawn;
    for (int i = 0; i < kDraws; ++i) ++drawn[static_cast<int>(poisson(mean, generator))];
    double probability = std::exp(-mean);
    for (int count = 0; count < 25; ++count) {
      const double deviation = std::sqrt(probability / kDraws);
      EXPECT_NEAR(drawn[count] / static_cast<double>(kDraws), probability, 5 * deviation + 1e-5) << mean << " " << count;
      probability *= mean / (count + 1);
    }
  }
}

}  // namespace
}  // namespace firstframe
