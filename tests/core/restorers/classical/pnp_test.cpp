#include "tests/core/restorers/classical/blurred.h"
#include "tests/core/support/box_restorer.h"

namespace firstframe {
namespace {

TEST(Pnp, WinsOnAScene) {
  for (const auto border : {Border::reflect, Border::circular}) {
    auto settings = working("pnp", border);
    settings.iterations = 50;
    settings.lambda = 0.1;  // the prior is meant for more noise than there is
    EXPECT_GT(Blurred(border).gain(settings), 3) << name_of(border);
  }
}

// One iteration on a section without blur leaves the data as they are and is the prior itself.
TEST(Pnp, IsThePriorWhereNothingIsBlurred) {
  const Blurred scene(Border::circular);
  auto settings = working("pnp", Border::circular);
  settings.kernel = Kernel{};
  settings.iterations = 1;
  EXPECT_LT(largest_difference(restore(*make_classical(settings), scene.degraded.view()),
                               restore(*settings.prior, scene.degraded.view())),
            1e-4);
}

TEST(Pnp, TakesAsMuchOfThePriorsChangeAsLambdaSays) {
  const Blurred scene(Border::circular);
  auto settings = working("pnp", Border::circular);
  settings.kernel = Kernel{};
  settings.iterations = 1;
  settings.prior = std::make_shared<BoxRestorer>(/*reach=*/2, /*side=*/64, /*multiple=*/1, /*channels=*/1,
                                                 Border::circular);
  const auto all = values_of(restore(*make_classical(settings), scene.degraded.view()));
  settings.lambda = 0.25;
  const auto part = values_of(restore(*make_classical(settings), scene.degraded.view()));
  const auto before = values_of(scene.degraded);
  for (std::size_t i = 0; i < all.size(); ++i)
    ASSERT_NEAR(part[i], before[i] + 0.25 * (all[i] - before[i]), 1e-5);
}

}  // namespace
}  // namespace firstframe
