#include "core/training/best_weights.h"

#include <gtest/gtest.h>

namespace firstframe {
namespace {

// An average whose one weight is `value`.
WeightAverage average_of(double value) {
  torch::nn::Linear layer(torch::nn::LinearOptions(1, 1).bias(false));
  const torch::NoGradGuard no_grad;
  layer->weight.fill_(value);
  return WeightAverage(*layer);
}

double weight_in(const WeightAverage& average) {
  torch::nn::Linear layer(torch::nn::LinearOptions(1, 1).bias(false));
  average.copy_to(*layer);
  return layer->weight.item<double>();
}

BestWeights nothing_offered() { return BestWeights(*torch::nn::Linear(torch::nn::LinearOptions(1, 1).bias(false))); }

TEST(BestWeights, KeepsTheFirstOfTheBest) {
  auto best = nothing_offered();
  EXPECT_EQ(best.psnr(), std::nullopt);
  best.offer(average_of(1), 20, 10);
  best.offer(average_of(2), 25, 20);
  best.offer(average_of(3), 25, 30);
  best.offer(average_of(4), 24, 40);
  EXPECT_EQ(best.psnr(), 25);
  EXPECT_EQ(best.step(), 20);
  EXPECT_EQ(weight_in(best.weights()), 2);
}

TEST(BestWeights, PrefersTheWorstOfALaterStageAndKeepsTheOldUntilThen) {
  auto best = nothing_offered();
  best.offer(average_of(1), 25, 10);
  best.begin_stage();
  EXPECT_FALSE(best.is_of_this_stage());
  EXPECT_EQ(best.psnr(), 25);
  EXPECT_EQ(weight_in(best.weights()), 1);
  best.offer(average_of(2), 24, 20);
  EXPECT_TRUE(best.is_of_this_stage());
  EXPECT_EQ(best.psnr(), 24);
  best.offer(average_of(3), 23, 30);
  EXPECT_EQ(weight_in(best.weights()), 2);
}

TEST(BestWeights, AreNotTouchedByLaterUpdates) {
  auto best = nothing_offered();
  auto average = average_of(1);
  best.offer(average, 20, 10);
  torch::nn::Linear layer(torch::nn::LinearOptions(1, 1).bias(false));
  average.update(*layer);
  EXPECT_EQ(weight_in(best.weights()), 1);
}

}  // namespace
}  // namespace firstframe
