#include "core/training/linear_fit.h"

#include <gtest/gtest.h>

#include "tests/core/support/sections.h"

namespace firstframe {
namespace {

// A pair whose clean section is known filters of the degraded one: clean[o] = bias[o] + sum over channels and places.
TrainingPair filtered(std::int64_t channels, const std::vector<std::vector<float>>& filters,
                      const std::vector<float>& bias, Border border) {
  constexpr Extent extent{30, 34};
  TrainingPair pair{scramble(SampleType::float32, channels, extent),
                    Section(SampleType::float32, channels, extent)};
  for (std::int64_t out = 0; out < channels; ++out)
    for (std::int64_t r = 0; r < extent.rows; ++r)
      for (std::int64_t c = 0; c < extent.cols; ++c) {
        float sum = bias[out];
        for (std::int64_t in = 0; in < channels; ++in)
          for (std::int64_t k = 0; k < 9; ++k)
            sum += filters[out * channels + in][k] *
                   pair.degraded
                       .samples<float>()[in * extent.area() +
                                         border_index(r + k / 3 - 1, extent.rows, border) * extent.cols +
                                         border_index(c + k % 3 - 1, extent.cols, border)];
        pair.clean.samples<float>()[out * extent.area() + r * extent.cols + c] = sum;
      }
  return pair;
}

const std::vector<float> kLopsided = {0.1f, -0.2f, 0.05f, 0.3f, 0.9f, -0.1f, 0.02f, -0.15f, 0.08f};

TEST(LinearFit, RecoversAKnownFilterInsideALargerOne) {
  for (const auto border : {Border::reflect, Border::circular, Border::replicate}) {
    const auto pair = filtered(1, {kLopsided}, {0.03f}, border);
    const auto filter = fit_linear(pair, whole(pair.clean), /*size=*/5, border);
    for (int row = 0; row < 5; ++row)
      for (int col = 0; col < 5; ++col) {
        const bool inside = row >= 1 && row <= 3 && col >= 1 && col <= 3;
        EXPECT_NEAR(filter.weight[0][0][row][col].item<float>(),
                    inside ? kLopsided[(row - 1) * 3 + col - 1] : 0, 1e-3);
      }
    EXPECT_NEAR(filter.bias[0].item<float>(), 0.03, 1e-3);
  }
}

TEST(LinearFit, MixesChannels) {
  const std::vector<float> none(9, 0.0f), middle = {0, 0, 0, 0, 0.5f, 0, 0, 0, 0};
  const auto pair = filtered(2, {none, kLopsided, middle, none}, {0, 0.1f}, Border::reflect);
  const auto filter = fit_linear(pair, whole(pair.clean), /*size=*/3, Border::reflect);
  ASSERT_EQ(filter.weight.sizes(), (std::vector<std::int64_t>{2, 2, 3, 3}));
  for (int k = 0; k < 9; ++k) {
    EXPECT_NEAR(filter.weight[0][0][k / 3][k % 3].item<float>(), 0, 1e-3);
    EXPECT_NEAR(filter.weight[0][1][k / 3][k % 3].item<float>(), kLopsided[k], 1e-3);
    EXPECT_NEAR(filter.weight[1][0][k / 3][k % 3].item<float>(), middle[k], 1e-3);
  }
  EXPECT_NEAR(filter.bias[1].item<float>(), 0.1, 1e-3);
}

TEST(LinearFit, NeedsNoMoreThanAPartOfThePixels) {
  const auto pair = filtered(1, {kLopsided}, {0}, Border::reflect);
  const auto filter = fit_linear(pair, {5, 6, 20, 20}, /*size=*/3, Border::reflect, /*most_pixels=*/100);
  for (int k = 0; k < 9; ++k)
    EXPECT_NEAR(filter.weight[0][0][k / 3][k % 3].item<float>(), kLopsided[k], 1e-3);
}

}  // namespace
}  // namespace firstframe
