#include "core/training/batch_gradient.h"

#include <gtest/gtest.h>

#include <mutex>

#include "tests/core/support/three_workers.h"

namespace firstframe {
namespace {

// Random patches, which it remembers.
class RecordingSource final : public PatchSource {
 public:
  PatchBatch draw(std::int64_t count, torch::Generator& generator) const override {
    const PatchBatch batch{torch::rand({count, 1, 16, 16}, generator),
                           torch::rand({count, 1, 12, 12}, generator)};
    const std::lock_guard guard(lock_);
    degraded_.push_back(batch.degraded);
    clean_.push_back(batch.clean);
    return batch;
  }
  PatchBatch all() const { return {torch::cat(degraded_), torch::cat(clean_)}; }

 private:
  mutable std::mutex lock_;
  mutable std::vector<torch::Tensor> degraded_, clean_;
};

std::shared_ptr<Network> small_network() {
  auto generator = torch::make_generator<at::CPUGeneratorImpl>(3);
  auto network = kResidualNetwork.make({{"width", 4}, {"blocks", 1}, {"unshuffle", 2}}, 1);
  network->initialise(generator);
  return network;
}

TEST(BatchGradient, IsTheGradientOfTheWholeBatch) {
  const auto network = small_network();
  for (const std::int64_t count : {1, 3, 4, 10}) {
    const RecordingSource source;
    const auto sum = batch_gradient(*network, source, count, /*seed=*/1, l2_loss, torch::kCPU, /*threads=*/2);
    const auto batch = source.all();
    ASSERT_EQ(batch.clean.size(0), count);
    const auto loss =
        l2_loss(network->forward(batch.degraded).narrow(2, 2, 12).narrow(3, 2, 12), batch.clean);
    const auto expected = torch::autograd::grad({loss}, network->parameters());
    EXPECT_NEAR(sum.loss, loss.item<double>(), 1e-6) << count;
    ASSERT_EQ(sum.by_weight.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
      EXPECT_TRUE(torch::allclose(sum.by_weight[i], expected[i], 1e-4, 1e-6))
          << count << " patches, weight " << i;
  }
}

TEST(BatchGradient, IsTheSameBytesForAnyNumberOfThreads) {
  const auto network = small_network();
  const RecordingSource source;
  const auto with_one = batch_gradient(*network, source, 10, /*seed=*/1, l1_loss, torch::kCPU, /*threads=*/1);
  for (const int threads : {2, 3}) {
    const auto again = batch_gradient(*network, source, 10, /*seed=*/1, l1_loss, torch::kCPU, threads);
    EXPECT_EQ(again.loss, with_one.loss);
    for (std::size_t i = 0; i < with_one.by_weight.size(); ++i)
      EXPECT_TRUE(torch::equal(again.by_weight[i], with_one.by_weight[i]))
          << threads << " threads, weight " << i;
  }
}

TEST(BatchGradient, DrawsOtherPatchesForEachShardAndSeed) {
  const auto network = small_network();
  const RecordingSource source;
  for (const std::uint64_t seed : {1, 2}) batch_gradient(*network, source, 8, seed, l2_loss, torch::kCPU, 1);
  const auto clean = source.all().clean;
  for (std::int64_t i = 0; i < clean.size(0); ++i)
    for (std::int64_t j = 0; j < i; ++j) EXPECT_FALSE(torch::equal(clean[i], clean[j])) << i << " and " << j;
}

}  // namespace
}  // namespace firstframe
