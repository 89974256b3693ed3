#include "core/engine/packed_layer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "tests/core/engine/graphs.h"

namespace firstframe {
namespace {

float float_of(std::uint16_t bf16) { return __builtin_bit_cast(float, static_cast<std::uint32_t>(bf16) << 16); }

TEST(Bf16, IsTheNearestNumberAndOfTwoTheEvenOne) {
  for (const float value : {0.0f, -0.0f, 1.0f, -2.5f, 3.140625f, 1e-30f, 1e30f})
    EXPECT_LE(std::abs(float_of(bf16_of(value)) - value), std::abs(value) / 256);
  EXPECT_EQ(float_of(bf16_of(1.0f)), 1.0f);
  const float step = 1.0f / 128;  // between neighbours from 1 to 2
  EXPECT_EQ(float_of(bf16_of(1 + 0.49f * step)), 1.0f);
  EXPECT_EQ(float_of(bf16_of(1 + 0.5f * step)), 1.0f);           // 1 is even
  EXPECT_EQ(float_of(bf16_of(1 + 1.5f * step)), 1 + 2 * step);  // 1 + step is odd
  EXPECT_EQ(float_of(bf16_of(std::numeric_limits<float>::infinity())), std::numeric_limits<float>::infinity());
}

TEST(PackedLayer, LaysPanelsOfTwoLanesOneAfterTheOther) {
  for (const auto* kernels : kernels_here()) {
    if (kernels->is_bf16) continue;
    // 40 outputs of one channel: a panel of 32, and one of 16 of which 8 are empty.
    std::vector<float> weights(40 * 9), bias(40, 2.0f);
    for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = static_cast<float>(i + 1);
    const std::int64_t one[] = {1};
    const auto packed = packed_convolution(*kernels, weights, bias, 40, one, 3, false);
    const auto* floats = reinterpret_cast<const float*>(packed.weights);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(floats) % 64, 0u);
    for (std::int64_t tap = 0; tap < 9; ++tap)
      for (std::int64_t output = 0; output < 48; ++output) {
        const auto* panel = output < 32 ? floats + tap * 32 + output : floats + 9 * 32 + tap * 16 + output - 32;
        EXPECT_EQ(*panel, output < 40 ? weights[output * 9 + tap] : 0.0f) << output << ", " << tap;
      }
    EXPECT_EQ(packed.bias[39], 2.0f);
    EXPECT_EQ(packed.bias[40], 0.0f);
  }
}

TEST(PackedLayer, PutsNeighbouringPixelsSideBySideWhereOutputsAreFew) {
  for (const auto* kernels : kernels_here()) {
    const std::vector<float> weights(2 * 9, 1.0f), bias{1.0f, -1.0f};
    const std::int64_t one[] = {1};
    const auto alone = packed_convolution(*kernels, weights, bias, 2, one, 3, false);
    EXPECT_EQ(alone.group, 1);
    EXPECT_EQ(alone.outputs, 2);
    const auto together = packed_convolution(*kernels, weights, bias, 2, one, 3, true);
    EXPECT_EQ(together.group, 8);
    EXPECT_EQ(together.outputs, 16);
    EXPECT_EQ(together.bias[14], 1.0f);
    EXPECT_EQ(together.bias[15], -1.0f);
  }
}

TEST(PackedLayer, LaysTheWeightsOfPairsInnerOnesFirst) {
  for (const auto* kernels : kernels_here()) {
    if (kernels->is_bf16) continue;
    // 40 outputs of one channel, in panels of 32 and 16 or of 16 each.
    std::vector<float> weights(40 * 9), bias(40, 2.0f);
    for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = static_cast<float>(i * i % 31);
    const std::int64_t one[] = {1};
    const auto packed = packed_pairs(*kernels, weights, bias, 40, one);
    EXPECT_TRUE(packed.is_in_pairs);
    EXPECT_EQ(packed.outputs, 40);
    EXPECT_EQ(packed.group, 1);
    EXPECT_EQ(packed.bias.size(), 48u);
    const auto* floats = reinterpret_cast<const float*>(packed.weights);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(floats) % 64, 0u);
    const auto wide = kernels->pair_lanes * kLane;
    for (std::int64_t output = 0; output < 48; ++output) {
      const auto panel = output / wide * wide, lanes = std::min<std::int64_t>(wide, 48 - panel);
      for (std::int64_t row = 0; row < 3; ++row) {
        const auto* inner = floats + panel * 12 + 2 * row * lanes + output - panel;
        const auto* outer = inner + 6 * lanes;
        const auto tap = [&](std::int64_t col) { return output < 40 ? weights[output * 9 + row * 3 + col] : 0.0f; };
        EXPECT_EQ(inner[0], (tap(0) + tap(1) + tap(2)) / 2) << output << ", " << row;
        EXPECT_EQ(inner[lanes], (tap(0) - tap(1) + tap(2)) / 2) << output << ", " << row;
        EXPECT_EQ(outer[0], tap(0)) << output << ", " << row;
        EXPECT_EQ(outer[lanes], tap(2)) << output << ", " << row;
      }
    }
  }
}

// What all channels share passes through the sum of the weights: each is rounded, their sum hardly.
TEST(PackedLayer, LetsTheErrorsOfRoundedSumsCancel) {
  for (const auto* kernels : kernels_here()) {
    if (!kernels->is_bf16) continue;
    constexpr std::int64_t kOutputs = 16, kChannels = 64;
    const auto weights = normal_values(kOutputs * kChannels * 9, 0.1, 6);
    const std::int64_t channels[] = {kChannels};
    const auto packed = packed_pairs(*kernels, weights, std::vector<float>(kOutputs), kOutputs, channels);
    for (std::int64_t output = 0; output < kOutputs; ++output) {
      double sum = 0, largest = 0;
      for (std::int64_t row = 0; row < 3; ++row)
        for (std::int64_t c = 0; c < kChannels; ++c) {
          const auto* taps = weights.data() + (output * kChannels + c) * 9 + row * 3;
          const auto exact = (taps[0] + taps[1] + taps[2]) / 2;
          const auto word = packed.weights[(row * kChannels / 2 + c / 2) * 2 * kOutputs + output];
          const auto rounded = float_of(static_cast<std::uint16_t>(c % 2 == 0 ? word : word >> 16));
          EXPECT_NEAR(rounded, exact, (std::abs(exact) + 0.02) / 128) << output << ", " << row << ", " << c;
          sum += static_cast<double>(rounded) - exact;
          largest = std::max(largest, std::abs(static_cast<double>(exact)));
        }
      EXPECT_LT(std::abs(sum), largest / 256) << output << ": no more than the largest weight's own";
    }
  }
}

}  // namespace
}  // namespace firstframe
