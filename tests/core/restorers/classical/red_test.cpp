#include "tests/core/restorers/classical/blurred.h"
#include "tests/core/support/box_restorer.h"

namespace firstframe {
namespace {

TEST(Red, WinsOnAScene) {
  for (const auto border : {Border::reflect, Border::circular}) {
    auto settings = working("red", border);
    EXPECT_GT(Blurred(border).gain(settings), 4) << name_of(border);
    settings.solver = RedSolver::steepest_descent;
    settings.iterations = 50;
    EXPECT_GT(Blurred(border).gain(settings), 3.5) << name_of(border);
  }
}

// With a prior that contracts, both approach the one minimum.
TEST(Red, FindsTheSameMinimumByDescentAndFixedPoint) {
  for (const auto border : {Border::reflect, Border::circular}) {
    const Blurred scene(border, {48, 56});
    auto settings = working("red", border);
    settings.prior = std::make_shared<BoxRestorer>(/*reach=*/1, /*side=*/64);
    settings.noise_sigma = 5;
    settings.lambda = 0.05;
    settings.iterations = 150;
    const auto fixed_point = restore(*make_classical(settings), scene.degraded.view());
    settings.solver = RedSolver::steepest_descent;
    settings.iterations = 400;
    const auto descent = restore(*make_classical(settings), scene.degraded.view());
    EXPECT_LT(largest_difference(descent, fixed_point), 1e-4) << name_of(border);
    EXPECT_GT(largest_difference(descent, scene.degraded), 0.02);
  }
}

TEST(Red, TrustsThePriorMoreWithALargerLambda) {
  const Blurred scene;
  const auto roughness = [&](double lambda) {
    auto settings = working("red");
    settings.lambda = lambda;
    const auto values = values_of(restore(*make_classical(settings), scene.degraded.view()));
    double sum = 0;
    for (std::size_t i = 1; i < values.size(); ++i) sum += std::abs(values[i] - values[i - 1]);
    return sum;
  };
  EXPECT_GT(roughness(0.005), 1.02 * roughness(0.5));
}

TEST(Red, StaysBetweenBlackAndWhite) {
  const auto degraded = scramble(SampleType::float32, 1, {40, 40});
  for (const float value : values_of(restore(*make_classical(working("red")), degraded.view()))) {
    ASSERT_GE(value, 0);
    ASSERT_LE(value, 1);
  }
}

}  // namespace
}  // namespace firstframe
