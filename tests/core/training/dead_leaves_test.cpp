#include "core/training/dead_leaves.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/base/error.h"

namespace firstframe {
namespace {

const std::vector<float> kTones{0.1f, 0.3f, 0.5f, 0.9f};

TEST(DeadLeaves, StaysInRangeAndShowsEdges) {
  const auto scene = dead_leaves(96, kTones, 1);
  const float* pixels = scene.samples<float>();
  int edges = 0;
  for (std::int64_t i = 0; i + 1 < 96 * 96; ++i) {
    EXPECT_TRUE(pixels[i] >= 0 && pixels[i] <= 1);
    edges += std::abs(pixels[i + 1] - pixels[i]) > 0.1f;
  }
  EXPECT_GT(edges, 96 * 96 / 20);
  EXPECT_LT(edges, 96 * 96 / 2);
}

TEST(DeadLeaves, DrawsAnotherSceneForAnotherSeedOnly) {
  const auto pixels = [](const Section& scene) { return std::vector<float>(scene.samples<float>(), scene.samples<float>() + 64 * 64); };
  EXPECT_EQ(pixels(dead_leaves(64, kTones, 1)), pixels(dead_leaves(64, kTones, 1)));
  EXPECT_NE(pixels(dead_leaves(64, kTones, 1)), pixels(dead_leaves(64, kTones, 2)));
}

TEST(DeadLeaves, RefusesASceneWithoutTones) {
  EXPECT_THROW(dead_leaves(64, {}, 1), ArgumentError);
  EXPECT_THROW(dead_leaves(8, kTones, 1), ArgumentError);
}

}  // namespace
}  // namespace firstframe
