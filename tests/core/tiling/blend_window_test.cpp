#include "core/tiling/blend_window.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

constexpr Window kWindows[] = {Window::constant, Window::hann, Window::gaussian};

TEST(BlendWindow, IsPositiveEverywhereAndOneAtItsTop) {
  for (const auto window : kWindows)
    for (const std::int64_t patch : {1, 2, 9, 16, 64}) {
      const auto weights = blend_window(window, patch);
      ASSERT_EQ(weights.size(), static_cast<std::size_t>(patch * patch));
      EXPECT_GT(*std::min_element(weights.begin(), weights.end()), 0) << name_of(window) << " " << patch;
      EXPECT_EQ(*std::max_element(weights.begin(), weights.end()), 1) << name_of(window) << " " << patch;
    }
}

TEST(BlendWindow, IsTheSameUpsideDownAndOnItsSide) {
  for (const auto window : kWindows) {
    const auto weights = blend_window(window, 6);
    for (int r = 0; r < 6; ++r)
      for (int c = 0; c < 6; ++c) {
        EXPECT_NEAR(weights[r * 6 + c], weights[(5 - r) * 6 + c], 1e-6);
        EXPECT_NEAR(weights[r * 6 + c], weights[c * 6 + r], 1e-6);
      }
  }
}

TEST(BlendWindow, OfConstantWeightsIsThePlainMean) {
  for (const float weight : blend_window(Window::constant, 5)) EXPECT_EQ(weight, 1);
}

TEST(BlendWindow, FollowsItsFormula) {
  // The middle row of a 5 x 5 patch: its own weight is 1.
  const auto hann = blend_window(Window::hann, 5), gaussian = blend_window(Window::gaussian, 5);
  for (int c = 0; c < 5; ++c) {
    EXPECT_NEAR(hann[10 + c], std::pow(std::sin(M_PI * (c + 0.5) / 5), 2), 1e-6);
    EXPECT_NEAR(gaussian[10 + c], std::exp(-0.5 * std::pow((c - 2) / 1.25, 2)), 1e-6);
  }
}

TEST(BlendWindow, IsFoundByItsName) {
  for (const auto window : kWindows) EXPECT_EQ(window_named(name_of(window)), window);
  EXPECT_EQ(window_named("triangle"), std::nullopt);
}

TEST(BlendWindow, RefusesAPatchWithoutPixels) {
  EXPECT_EQ(message_of<ArgumentError>([] { blend_window(Window::hann, 0); }),
            "blend window: patch 0 is not accepted; use 1 or more");
}

}  // namespace
}  // namespace firstframe
