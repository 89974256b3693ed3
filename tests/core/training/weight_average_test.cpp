#include "core/training/weight_average.h"

#include <gtest/gtest.h>

namespace firstframe {
namespace {

void set(torch::nn::Linear& layer, double value) {
  torch::NoGradGuard no_grad;
  layer->weight.fill_(value);
}

double averaged(const WeightAverage& average) {
  torch::nn::Linear layer(torch::nn::LinearOptions(1, 1).bias(false));
  average.copy_to(*layer);
  return layer->weight.item<double>();
}

TEST(WeightAverage, StartsAtTheFirstWeights) {
  torch::nn::Linear layer(torch::nn::LinearOptions(1, 1).bias(false));
  set(layer, 3);
  EXPECT_EQ(averaged(WeightAverage(*layer)), 3);
}

TEST(WeightAverage, FollowsItsRisingDecay) {
  torch::nn::Linear layer(torch::nn::LinearOptions(1, 1).bias(false));
  set(layer, 0);
  WeightAverage average(*layer);
  double expected = 0;
  for (int t = 1; t <= 50; ++t) {
    set(layer, t);
    average.update(*layer);
    const double decay = (1.0 + t) / (10.0 + t);
    expected = decay * expected + (1 - decay) * t;
    EXPECT_NEAR(averaged(average), expected, 1e-4);
  }
}

TEST(WeightAverage, CopiesAreUnchangedByLaterUpdates) {
  torch::nn::Linear layer(torch::nn::LinearOptions(1, 1).bias(false));
  set(layer, 1);
  WeightAverage average(*layer);
  const auto kept = average.copy();
  set(layer, 100);
  average.update(*layer);
  EXPECT_EQ(averaged(kept), 1);
  EXPECT_GT(averaged(average), 1);
}

}  // namespace
}  // namespace firstframe
