#include "core/registration/odd_repeats.h"

#include <gtest/gtest.h>

namespace firstframe {
namespace {

// Means of 12 x 16 blocks: one scene, new noise in each.
torch::Tensor repeats(std::int64_t count, double noise = 0.02) {
  torch::manual_seed(3);
  const auto scene = torch::rand({1, 12, 16});
  return scene + noise * torch::randn({count, 12, 16});
}

TEST(Unlikeness, IsAboutOneForRepeats) {
  for (const double one : unlikeness(repeats(7))) EXPECT_NEAR(one, 1, 0.6);
}

TEST(Unlikeness, TellsTheOddOneOfThree) {
  auto blocks = repeats(3);
  blocks[1] = torch::rand({12, 16});
  const auto found = unlikeness(blocks);
  EXPECT_LT(found[0], 4);
  EXPECT_GT(found[1], 20);
  EXPECT_LT(found[2], 4);
}

TEST(Unlikeness, CannotTellWhichOfTwoIsOdd) {
  auto blocks = repeats(2);
  blocks[1] = torch::rand({12, 16});
  EXPECT_EQ(unlikeness(blocks), (std::vector<double>{1, 1}));
}

TEST(Unlikeness, OverlooksBrightnessAndContrast) {
  auto blocks = repeats(5);
  blocks[2] = 0.6 * blocks[2] + 0.3;
  EXPECT_LT(unlikeness(blocks)[2], 2);
}

TEST(Agreement, IsHighForRepeatsAndNoneForNoise) {
  for (const double one : agreement(repeats(4))) EXPECT_GT(one, 0.95);
  torch::manual_seed(5);
  for (const double one : agreement(torch::randn({2, 12, 16}))) EXPECT_LT(std::abs(one), 0.2);
}

TEST(BlockWeights, AreOneForRepeatsAndSmallWhereOneDiffers) {
  auto blocks = repeats(5);
  EXPECT_GT(block_weights(blocks).mean().item<double>(), 0.999);
  blocks[3][4][5] += 1;
  const auto weights = block_weights(blocks);
  EXPECT_LT(weights[3][4][5].item<double>(), 0.2);
  EXPECT_EQ(weights[2][4][5].item<double>(), 1);
  EXPECT_GT(weights[3][9][9].item<double>(), 0.9);
}

}  // namespace
}  // namespace firstframe
