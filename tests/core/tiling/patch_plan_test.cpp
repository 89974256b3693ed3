#include "core/tiling/patch_plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "core/base/error.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

std::vector<Corner> corners_of(Extent tile, std::int64_t patch, std::int64_t stride) {
  const auto plan = plan_patches(tile, patch, stride);
  std::vector<Corner> corners;
  for (std::int64_t i = 0; i < plan.size(); ++i) corners.push_back(plan[i]);
  return corners;
}

// How many patches cover each pixel of a tile, counted pixel by pixel.
std::vector<int> coverage(Extent tile, std::int64_t patch, std::int64_t stride) {
  std::vector<int> count(static_cast<std::size_t>(tile.area()));
  for (const auto corner : corners_of(tile, patch, stride))
    for (std::int64_t r = 0; r < tile.rows; ++r)
      for (std::int64_t c = 0; c < tile.cols; ++c)
        count[r * tile.cols + c] +=
            r >= corner.row && r < corner.row + patch && c >= corner.col && c < corner.col + patch;
  return count;
}

TEST(PatchPlan, CoversEveryPixelEquallyWhenTheStrideDividesThePatch) {
  for (std::int64_t patch = 1; patch <= 9; ++patch)
    for (std::int64_t stride = 1; stride <= patch; ++stride) {
      if (patch % stride != 0) continue;
      const auto each = static_cast<int>((patch / stride) * (patch / stride));
      for (const int count : coverage({3 * stride, 2 * stride}, patch, stride))
        ASSERT_EQ(count, each) << "patch " << patch << ", stride " << stride;
    }
}

TEST(PatchPlan, CoversEveryPixelAsOftenAsTheOneAStrideFurther) {
  for (std::int64_t patch = 1; patch <= 9; ++patch)
    for (std::int64_t stride = 1; stride <= patch; ++stride) {
      const Extent tile{3 * stride, 2 * stride};
      const auto count = coverage(tile, patch, stride);
      for (std::int64_t r = 0; r < tile.rows; ++r)
        for (std::int64_t c = 0; c < tile.cols; ++c) {
          ASSERT_GE(count[r * tile.cols + c], 1) << "patch " << patch << ", stride " << stride;
          ASSERT_EQ(count[r * tile.cols + c], count[(r % stride) * tile.cols + c % stride])
              << "patch " << patch << ", stride " << stride;
        }
    }
}

TEST(PatchPlan, CutsTheSamePatchesFromTwoTilesAsFromOneTwiceAsWide) {
  const std::int64_t patch = 5, stride = 2;
  const Extent tile{6, 8};
  const auto wide = corners_of({6, 16}, patch, stride);
  for (const auto corner : corners_of(tile, patch, stride)) {
    EXPECT_NE(std::find(wide.begin(), wide.end(), corner), wide.end());
    EXPECT_NE(std::find(wide.begin(), wide.end(), Corner{corner.row, corner.col + tile.cols}), wide.end());
  }
}

TEST(PatchPlan, LeavesTheTileByLessThanAPatch) {
  for (const auto corner : corners_of({12, 12}, /*patch=*/7, /*stride=*/3)) {
    EXPECT_GT(corner.row, -7);
    EXPECT_LT(corner.col, 12);
  }
}

TEST(PatchPlan, IsWhatItsHeaderShows) {
  const auto corners = corners_of({48, 48}, /*patch=*/9, /*stride=*/3);
  EXPECT_EQ(corners.size(), 18u * 18u);
  EXPECT_EQ(corners.front(), (Corner{-6, -6}));
  EXPECT_EQ(corners[1], (Corner{-6, -3}));
  EXPECT_EQ(corners.back(), (Corner{45, 45}));
}

TEST(PatchPlan, ServesATileSmallerThanAPatch) {
  EXPECT_EQ(plan_patches({1, 1}, /*patch=*/3, /*stride=*/1).size(), 9);
}

TEST(PatchPlan, NamesWhatItRefuses) {
  EXPECT_EQ(message_of<ArgumentError>([] {
              plan_patches({48, 48}, 0, 1);
            }),
            "patch plan: patch 0 is not accepted; use 1 or more");
  EXPECT_EQ(message_of<ArgumentError>([] {
              plan_patches({48, 48}, 64, 80);
            }),
            "patch plan: stride 80 would leave pixels uncovered; use 1..64");
  EXPECT_EQ(message_of<ArgumentError>([] {
              plan_patches({48, 48}, 64, 0);
            }),
            "patch plan: stride 0 would leave pixels uncovered; use 1..64");
  EXPECT_EQ(message_of<ArgumentError>([] {
              plan_patches({48, 47}, 9, 3);
            }),
            "patch plan: a 48 x 47 tile does not hold whole strides of 3");
}

}  // namespace
}  // namespace firstframe
