#include "core/training/batch_gradient.h"

#include <gtest/gtest.h>

#include "tests/core/support/three_workers.h"

namespace firstframe {
namespace {

struct Setup {
  std::shared_ptr<Network> network;
  PatchSampler::Batch batch;
};

// A small residual network and `patches` random patches.
Setup setup(std::int64_t patches) {
  auto generator = torch::make_generator<at::CPUGeneratorImpl>(3);
  Setup made{kResidualNetwork.make({{"width", 4}, {"blocks", 1}, {"unshuffle", 2}}, 1), {}};
  made.network->initialise(generator);
  made.batch = {torch::rand({patches, 1, 16, 16}, generator), torch::rand({patches, 1, 12, 12}, generator)};
  return made;
}

TEST(BatchGradient, IsTheGradientOfTheWholeBatch) {
  for (const std::int64_t patches : {1, 3, 4, 10}) {
    const auto [network, batch] = setup(patches);
    const auto sum = batch_gradient(*network, batch, /*margin=*/2, l2_loss, /*threads=*/2);
    const auto loss =
        l2_loss(network->forward(batch.degraded).narrow(2, 2, 12).narrow(3, 2, 12), batch.clean);
    const auto expected = torch::autograd::grad({loss}, network->parameters());
    EXPECT_NEAR(sum.loss, loss.item<double>(), 1e-6) << patches;
    ASSERT_EQ(sum.by_weight.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
      EXPECT_TRUE(torch::allclose(sum.by_weight[i], expected[i], 1e-4, 1e-6))
          << patches << " patches, weight " << i;
  }
}

TEST(BatchGradient, IsTheSameBytesForAnyNumberOfThreads) {
  const auto [network, batch] = setup(10);
  const auto with_one = batch_gradient(*network, batch, /*margin=*/2, l1_loss, /*threads=*/1);
  for (const int threads : {2, 3}) {
    const auto again = batch_gradient(*network, batch, /*margin=*/2, l1_loss, threads);
    EXPECT_EQ(again.loss, with_one.loss);
    for (std::size_t i = 0; i < with_one.by_weight.size(); ++i)
      EXPECT_TRUE(torch::equal(again.by_weight[i], with_one.by_weight[i]))
          << threads << " threads, weight " << i;
  }
}

}  // namespace
}  // namespace firstframe
