#include "core/training/descent.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/restorers/weights.h"
#include "core/training/losses/loss.h"
#include "tests/core/support/three_workers.h"

namespace firstframe {
namespace {

torch::Generator seeded(std::uint64_t seed) { return torch::make_generator<at::CPUGeneratorImpl>(seed); }

// Clean patches are flat; degraded ones are noisy. `offset` is added to all.
class FlatPatches final : public PatchSource {
 public:
  explicit FlatPatches(float offset = 0) : offset_(offset) {}
  PatchBatch draw(std::int64_t count, torch::Generator& generator) const override {
    const auto clean = torch::rand({count, 1, 1, 1}, generator).expand({count, 1, 12, 12}) + offset_;
    return {clean + 0.2 * torch::randn({count, 1, 12, 12}, generator), clean};
  }

 private:
  float offset_;
};

// Passes patches on and remembers them.
class Recorder final : public PatchSource {
 public:
  Recorder(const PatchSource& source, std::vector<torch::Tensor>& degraded, std::vector<torch::Tensor>& clean)
      : source_(source), degraded_(degraded), clean_(clean) {}
  PatchBatch draw(std::int64_t count, torch::Generator& generator) const override {
    auto batch = source_.draw(count, generator);
    degraded_.push_back(batch.degraded);
    clean_.push_back(batch.clean);
    return batch;
  }

 private:
  const PatchSource& source_;
  std::vector<torch::Tensor>& degraded_;
  std::vector<torch::Tensor>& clean_;
};

std::shared_ptr<Network> small_network() {
  auto generator = seeded(3);
  auto network = kResidualNetwork.make({{"width", 4}, {"blocks", 1}, {"unshuffle", 2}}, 1);
  network->initialise(generator);
  return network;
}

Discriminator judge() {
  auto generator = seeded(7);
  return {144, generator, torch::kCPU};
}

std::vector<Weight> weights_after(int threads, bool with_discriminator) {
  const auto network = small_network();
  const FlatPatches source;
  Descent descent(*network, source, l2_loss, {10, torch::kCPU, threads});
  for (std::uint64_t step = 0; step < 6; ++step) {
    if (with_discriminator && step == 2) descent.add_discriminator(judge(), 0.1);
    descent.step(step, 1e-3);
  }
  return weights_of(*network);
}

bool same(const std::vector<Weight>& a, const std::vector<Weight>& b) {
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i].values != b[i].values) return false;
  return a.size() == b.size();
}

TEST(Descent, LowersTheLoss) {
  const auto network = small_network();
  const FlatPatches source;
  Descent descent(*network, source, l2_loss, {16, torch::kCPU, 1});
  const double first = descent.step(0, 1e-2);
  double last = first;
  for (std::uint64_t step = 1; step < 80; ++step) last = descent.step(step, 1e-2);
  EXPECT_LT(last, first / 2);
}

TEST(Descent, AgainstADiscriminatorTakesTheSameStepsForAnyNumberOfThreads) {
  const auto with_one = weights_after(1, true);
  EXPECT_FALSE(same(with_one, weights_after(1, false)));
  for (const int threads : {2, 3}) EXPECT_TRUE(same(weights_after(threads, true), with_one)) << threads;
}

TEST(Descent, AgainstADiscriminatorLowersTheSquaredErrorAndItsSuspicionTogether) {
  const auto network = small_network();
  const FlatPatches source;
  Descent descent(*network, source, l1_loss, {8, torch::kCPU, 1});
  const auto judge_to_be = judge();
  descent.add_discriminator(judge_to_be, 0.5);
  std::vector<torch::Tensor> degraded, clean;  // the same patches, restored by hand
  const Recorder recorder(source, degraded, clean);
  batch_gradient(*network, recorder, 8, /*seed=*/4, l2_loss, torch::kCPU, 1);
  const auto restored = network->forward(torch::cat(degraded));
  const double expected = l2_loss(restored, torch::cat(clean)).item<double>() +
                          0.5 * judge_to_be.suspicion(restored).item<double>();
  EXPECT_NEAR(descent.step(4, 1e-3), expected, 1e-5);
}

TEST(Descent, ChangesNothingWhenTheLossIsNotFinite) {
  const auto network = small_network();
  const auto before = weights_of(*network);
  const FlatPatches source(std::numeric_limits<float>::infinity());
  Descent descent(*network, source, l2_loss, {4, torch::kCPU, 1});
  EXPECT_FALSE(std::isfinite(descent.step(0, 1e-3)));
  EXPECT_TRUE(same(weights_of(*network), before));
}

}  // namespace
}  // namespace firstframe
