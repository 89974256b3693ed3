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

TEST(BatchGradient, SumsTheGradientsOfSeveralObjectivesInOneOrder) {
  const auto network = small_network();
  const RecordingSource source;
  auto generator = torch::make_generator<at::CPUGeneratorImpl>(5);
  const auto weight = torch::rand({12, 12}, generator).requires_grad_();
  const auto judgement = [&](const torch::Tensor& restored, const torch::Tensor& clean) {
    return ((clean - restored.detach()) * weight).square().mean();
  };
  const std::vector<Objective> objectives{{l2_loss, network->parameters()}, {judgement, {weight}}};
  const auto with_one = batch_gradient(*network, source, 10, /*seed=*/1, objectives, torch::kCPU, /*threads=*/1);
  const auto batch = source.all();
  ASSERT_EQ(with_one.size(), 2u);

  const auto loss = judgement(network->forward(batch.degraded).narrow(2, 2, 12).narrow(3, 2, 12), batch.clean);
  EXPECT_NEAR(with_one[1].loss, loss.item<double>(), 1e-6);
  EXPECT_TRUE(torch::allclose(with_one[1].by_weight[0], torch::autograd::grad({loss}, {weight})[0], 1e-4, 1e-6));
  const auto alone = batch_gradient(*network, source, 10, /*seed=*/1, l2_loss, torch::kCPU, /*threads=*/1);
  EXPECT_EQ(with_one[0].loss, alone.loss);
  for (std::size_t i = 0; i < alone.by_weight.size(); ++i)
    EXPECT_TRUE(torch::equal(with_one[0].by_weight[i], alone.by_weight[i])) << i;

  for (const int threads : {2, 3}) {
    const auto again = batch_gradient(*network, source, 10, /*seed=*/1, objectives, torch::kCPU, threads);
    for (std::size_t objective = 0; objective < 2; ++objective)
      for (std::size_t i = 0; i < again[objective].by_weight.size(); ++i)
        EXPECT_TRUE(torch::equal(again[objective].by_weight[i], with_one[objective].by_weight[i])) << threads;
  }
}

// Restores one pixel off the middle, as its patch has it.
class OnePixelNetwork final : public Network {
 public:
  OnePixelNetwork() { gain_ = register_parameter("gain", torch::ones({1})); }
  torch::Tensor forward(const torch::Tensor& degraded) override {
    return gain_ * degraded.narrow(2, 9, 1).narrow(3, 4, 1);
  }
  void initialise(torch::Generator&) override {}
  std::int64_t halo() const override { return 15; }
  std::int64_t patch() const override { return 16; }
  Region restored_part(Extent) const override { return {9, 4, 1, 1}; }

 private:
  torch::Tensor gain_;
};

TEST(BatchGradient, ScoresOnlyThePixelThatAPatchGives) {
  OnePixelNetwork network;
  const RecordingSource source;  // clean patches begin two pixels inside the degraded ones
  const auto sum = batch_gradient(network, source, 6, /*seed=*/1, l2_loss, torch::kCPU, /*threads=*/2);
  const auto batch = source.all();
  const auto restored = batch.degraded.select(2, 9).select(2, 4), clean = batch.clean.select(2, 7).select(2, 2);
  EXPECT_NEAR(sum.loss, l2_loss(restored, clean).item<double>(), 1e-6);
  EXPECT_NEAR(sum.by_weight[0].item<double>(), (2 * (restored - clean) * restored).mean().item<double>(), 1e-6);
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
