#include "core/training/adversarial.h"

#include <gtest/gtest.h>

#include <cmath>

namespace firstframe {
namespace {

torch::Generator seeded(std::uint64_t seed) { return torch::make_generator<at::CPUGeneratorImpl>(seed); }

Discriminator small_discriminator() {
  auto generator = seeded(5);
  return {36, generator, torch::kCPU};
}

// Noisy patches around a brightness.
torch::Tensor patches_around(double brightness, std::uint64_t seed) {
  auto generator = seeded(seed);
  return brightness + 0.1 * torch::randn({64, 1, 6, 6}, generator);
}

TEST(Discriminator, LearnsToTellTwoObviousClassesApart) {
  const auto judge = small_discriminator();
  torch::optim::Adam optimiser(judge.weights(), torch::optim::AdamOptions(1e-2));
  for (std::uint64_t step = 0; step < 100; ++step) {
    optimiser.zero_grad();
    judge.mistakes(patches_around(0.3, 2 * step), patches_around(0.7, 2 * step + 1)).backward();
    optimiser.step();
  }
  const auto dark = patches_around(0.3, 1000), bright = patches_around(0.7, 1001);
  EXPECT_LT(judge.mistakes(dark, bright).item<double>(), 0.1);
  EXPECT_TRUE((judge.logits(bright) > 0).all().item<bool>());
  EXPECT_TRUE((judge.logits(dark) < 0).all().item<bool>());
  EXPECT_GT(judge.suspicion(dark).item<double>(), 10 * judge.suspicion(bright).item<double>());
}

TEST(Discriminator, StartsFromTheSameWeightsForTheSameGenerator) {
  const auto one = small_discriminator(), other = small_discriminator();
  for (std::size_t i = 0; i < one.weights().size(); ++i)
    EXPECT_TRUE(torch::equal(one.weights()[i], other.weights()[i]));
}

TEST(Discriminator, IsUndecidedWhenItCannotTellThemApart) {
  const auto judge = small_discriminator();
  {
    const torch::NoGradGuard no_grad;
    judge.weights()[2].zero_();
  }
  EXPECT_NEAR(judge.mistakes(patches_around(0.3, 1), patches_around(0.7, 2)).item<double>(), std::log(2.0), 1e-6);
  EXPECT_NEAR(judge.suspicion(patches_around(0.3, 1)).item<double>(), std::log(2.0), 1e-6);
}

TEST(Discriminator, TeachesTheNetworkByItsSuspicionAlone) {
  const auto judge = small_discriminator();
  auto restored = patches_around(0.3, 1).requires_grad_();
  judge.mistakes(restored, patches_around(0.7, 2)).backward();
  EXPECT_FALSE(restored.grad().defined());
  judge.suspicion(restored).backward();
  EXPECT_GT(restored.grad().abs().max().item<double>(), 0);
}

}  // namespace
}  // namespace firstframe
