#include "core/tiling/overlap_average.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/tiling/blend_window.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

// Another value at every pixel of every channel, inside the tile or not.
float ramp_at(std::int64_t channel, std::int64_t row, std::int64_t col) {
  return static_cast<float>(1000 * channel + 20 * row + col);
}

std::vector<float> cut(Corner at, std::int64_t channels, std::int64_t patch) {
  std::vector<float> values;
  for (std::int64_t channel = 0; channel < channels; ++channel)
    for (std::int64_t r = 0; r < patch; ++r)
      for (std::int64_t c = 0; c < patch; ++c) values.push_back(ramp_at(channel, at.row + r, at.col + c));
  return values;
}

TEST(OverlapAverage, GivesTheTileBackWhenPatchesAgree) {
  const Extent tile{6, 10};
  for (const auto window : {Window::constant, Window::hann, Window::gaussian})
    for (const std::int64_t stride : {1, 2}) {
      const auto weights = blend_window(window, 5);
      OverlapAverage average(/*channels=*/2, tile, /*patch=*/5, weights);
      const auto plan = plan_patches(tile, 5, stride);
      for (std::int64_t i = 0; i < plan.size(); ++i) average.add(cut(plan[i], 2, 5).data(), plan[i]);
      std::vector<float> restored(120);
      average.finish(restored);
      for (std::int64_t channel = 0; channel < 2; ++channel)
        for (std::int64_t r = 0; r < tile.rows; ++r)
          for (std::int64_t c = 0; c < tile.cols; ++c)
            EXPECT_NEAR(restored[channel * 60 + r * 10 + c], ramp_at(channel, r, c), 1e-3)
                << name_of(window) << ", stride " << stride;
    }
}

TEST(OverlapAverage, WeighsEstimatesThatDisagree) {
  const std::vector<float> window{1, 3, 1, 3};
  OverlapAverage average(1, {1, 3}, /*patch=*/2, window);
  const std::vector<float> four(4, 4.0f), eight(4, 8.0f);
  average.add(four.data(), {0, 0});
  average.add(eight.data(), {0, 1});
  std::vector<float> restored(3);
  average.finish(restored);
  EXPECT_EQ(restored, (std::vector<float>{4, 5, 8}));  // in the middle (3 * 4 + 1 * 8) / 4
}

TEST(OverlapAverage, LeavesOutWhatLiesBesideTheTile) {
  const std::vector<float> window(9, 1.0f);
  OverlapAverage average(1, {1, 1}, /*patch=*/3, window);
  for (std::int64_t row = -4; row <= 2; ++row)
    for (std::int64_t col = -4; col <= 2; ++col) average.add(cut({row, col}, 1, 3).data(), {row, col});
  std::vector<float> restored(1);
  average.finish(restored);
  EXPECT_EQ(restored[0], ramp_at(0, 0, 0));
}

TEST(OverlapAverage, NamesThePixelThatNoPatchCovers) {
  const std::vector<float> window(9, 1.0f);
  OverlapAverage average(1, {2, 4}, /*patch=*/3, window);
  average.add(cut({0, 0}, 1, 3).data(), {0, 0});
  std::vector<float> restored(8);
  EXPECT_EQ(
      message_of<ArgumentError>([&] { average.finish(restored); }),
      "overlap average: row 0, column 3 is covered by no patch; use a stride of at most the patch side");
}

TEST(OverlapAverage, RefusesAWindowOfAnotherSize) {
  EXPECT_EQ(message_of<ArgumentError>([] {
              OverlapAverage(1, {4, 4}, 3, std::vector<float>(4, 1.0f));
            }),
            "overlap average: a window of 4 weights does not fit patches of 3 x 3");
}

}  // namespace
}  // namespace firstframe
