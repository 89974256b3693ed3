#include "core/training/fit_tiles.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace firstframe {
namespace {

bool overlap(const Region& a, const Region& b) {
  return a.row < b.row + b.rows && b.row < a.row + a.rows && a.col < b.col + b.cols && b.col < a.col + a.cols;
}

TEST(FitTiles, StayInsideThePartAndApart) {
  for (const Region part : {Region{0, 0, 256, 256}, Region{5, 7, 1080, 1920}, Region{0, 0, 90, 4000}, Region{0, 0, 500, 620}}) {
    const auto reach = largest_reach(part);
    const auto tiles = fit_tiles(part, reach);
    std::int64_t pixels = 0;
    for (std::size_t i = 0; i < tiles.size(); ++i) {
      EXPECT_GE(tiles[i].row, part.row + reach);
      EXPECT_GE(tiles[i].col, part.col + reach);
      EXPECT_LE(tiles[i].row + tiles[i].rows, part.row + part.rows - reach);
      EXPECT_LE(tiles[i].col + tiles[i].cols, part.col + part.cols - reach);
      pixels += tiles[i].rows * tiles[i].cols;
      for (std::size_t j = 0; j < i; ++j) EXPECT_FALSE(overlap(tiles[i], tiles[j]));
    }
    EXPECT_LE(pixels, 200'000);
    EXPECT_GE(pixels, 20'000);
  }
}

TEST(FitTiles, SpreadOverALargeFrame) {
  const auto tiles = fit_tiles({0, 0, 1080, 1920}, 15);
  ASSERT_EQ(tiles.size(), 9u);
  EXPECT_EQ(tiles.front().row, 15);
  EXPECT_EQ(tiles.back().row + tiles.back().rows, 1080 - 15);
  EXPECT_EQ(tiles.back().col + tiles.back().cols, 1920 - 15);
}

TEST(FitTiles, LeaveEnoughPixelsForEveryTap) {
  EXPECT_EQ(largest_reach({0, 0, 256, 256}), 15);
  EXPECT_EQ(largest_reach({0, 0, 64, 64}), 7);
  EXPECT_EQ(largest_reach({0, 0, 16, 16}), 1);
  EXPECT_EQ(largest_reach({0, 0, 1, 400}), 0);
}

}  // namespace
}  // namespace firstframe
