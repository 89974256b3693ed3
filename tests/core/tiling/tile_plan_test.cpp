#include "core/tiling/tile_plan.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

const TileNeeds kNeeds{.halo = 5, .multiple = 4, .preferred_side = 32};

TEST(TilePlan, SplitsASectionIntoEqualTilesOfWholeMultiples) {
  const auto plan = plan_tiles({100, 33}, kNeeds);
  EXPECT_EQ(plan.tile,
            (Extent{28, 20}));  // 100 / 4 tiles = 25, 33 / 2 tiles = 17, rounded up to multiples of 4
  EXPECT_EQ(plan.rows(), 4);
  EXPECT_EQ(plan.cols(), 2);
  EXPECT_EQ(plan.halo, 5);
}

TEST(TilePlan, CoversEveryPixelOnce) {
  for (const Extent section : {Extent{1, 1}, {1, 77}, {77, 1}, {31, 32}, {33, 65}, {100, 101}}) {
    const auto plan = plan_tiles(section, kNeeds);
    std::vector<int> count(static_cast<std::size_t>(section.area()));
    for (const auto& tile : plan.tiles_over({0, 0, section.rows, section.cols})) {
      EXPECT_EQ(tile.extent(), plan.tile);
      EXPECT_EQ(tile.row % kNeeds.multiple, 0);
      EXPECT_EQ(tile.col % kNeeds.multiple, 0);
      for (auto r = tile.row; r < std::min(tile.row + tile.rows, section.rows); ++r)
        for (auto c = tile.col; c < std::min(tile.col + tile.cols, section.cols); ++c)
          ++count[r * section.cols + c];
    }
    for (const int times : count) ASSERT_EQ(times, 1) << name_of(section);
  }
}

TEST(TilePlan, GivesTheSameTilesWhicheverPartIsAskedFor) {
  const auto plan = plan_tiles({100, 101}, kNeeds);
  const auto all = plan.tiles_over({0, 0, 100, 101});
  for (std::int64_t row = 0; row < 100; row += 7)
    for (std::int64_t col = 0; col < 101; col += 9) {
      const auto tiles = plan.tiles_over({row, col, 1, 1});
      ASSERT_EQ(tiles.size(), 1u);
      EXPECT_NE(std::find(all.begin(), all.end(), tiles[0]), all.end());
      EXPECT_LE(tiles[0].row, row);
      EXPECT_GT(tiles[0].row + tiles[0].rows, row);
    }
}

TEST(TilePlan, ListsOnlyTheTilesThatARequestTouches) {
  const auto plan = plan_tiles({64, 64}, kNeeds);
  EXPECT_EQ(plan.tiles_over({32, 0, 32, 32}), (std::vector<Region>{{32, 0, 32, 32}}));
  EXPECT_EQ(plan.tiles_over({31, 0, 2, 1}), (std::vector<Region>{{0, 0, 32, 32}, {32, 0, 32, 32}}));
}

TEST(TilePlan, RefusesARequestThatLeavesTheSection) {
  const auto plan = plan_tiles({64, 64}, kNeeds);
  EXPECT_EQ(message_of<ArgumentError>([&] {
              plan.tiles_over({60, 0, 5, 64});
            }),
            "tile plan: a request of 5 x 64 at row 60, column 0 leaves the 64 x 64 section");
  EXPECT_EQ(message_of<ArgumentError>([&] {
              plan.tiles_over({0, -1, 1, 1});
            }),
            "tile plan: a request of 1 x 1 at row 0, column -1 leaves the 64 x 64 section");
}

TEST(TilePlan, RefusesAnEmptySectionAndNeedsThatMakeNoSense) {
  EXPECT_EQ(message_of<ArgumentError>([] {
              plan_tiles({0, 5}, kNeeds);
            }),
            "tile plan: a 0 x 5 section holds no pixel");
  EXPECT_EQ(message_of<ArgumentError>([] {
              plan_tiles({5, 5}, {.halo = -1});
            }),
            "tile plan: halo -1, multiple 1, side 256 are not accepted; use at least 0, 1, 1");
}

}  // namespace
}  // namespace firstframe
