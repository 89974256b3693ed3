#include "core/frame/border.h"

#include <gtest/gtest.h>

#include <vector>

namespace firstframe {
namespace {

std::vector<std::int64_t> indices(std::int64_t from, std::int64_t to, std::int64_t length, Border border) {
  std::vector<std::int64_t> all;
  for (auto i = from; i <= to; ++i) all.push_back(border_index(i, length, border));
  return all;
}

using Indices = std::vector<std::int64_t>;

TEST(BorderIndex, ReflectsWithoutRepeatingTheEdge) {
  EXPECT_EQ(indices(-4, 7, 4, Border::reflect), (Indices{2, 3, 2, 1, 0, 1, 2, 3, 2, 1, 0, 1}));
}

TEST(BorderIndex, WrapsAroundWhenCircular) {
  EXPECT_EQ(indices(-5, 6, 3, Border::circular), (Indices{1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0}));
}

TEST(BorderIndex, StaysAtTheEdgeWhenReplicated) {
  EXPECT_EQ(indices(-2, 4, 3, Border::replicate), (Indices{0, 0, 0, 1, 2, 2, 2}));
}

// A ball that bounces between the first and the last pixel, one step at a time.
TEST(BorderIndex, ReflectsAnyDistanceOutside) {
  for (std::int64_t length = 2; length <= 5; ++length) {
    std::int64_t at = 0, step = 1;
    for (std::int64_t index = 0; index < 50; ++index) {
      EXPECT_EQ(border_index(index, length, Border::reflect), at) << index << " of " << length;
      EXPECT_EQ(border_index(-index, length, Border::reflect), at) << -index << " of " << length;
      if (at + step < 0 || at + step >= length) step = -step;
      at += step;
    }
  }
}

TEST(BorderIndex, OfASinglePixelIsAlwaysThatPixel) {
  for (const auto border : {Border::reflect, Border::circular, Border::replicate})
    EXPECT_EQ(indices(-2, 2, 1, border), (Indices{0, 0, 0, 0, 0}));
}

TEST(Border, IsFoundByItsName) {
  for (const auto border : {Border::reflect, Border::circular, Border::replicate})
    EXPECT_EQ(border_named(name_of(border)), border);
  EXPECT_EQ(border_named("mirror"), std::nullopt);
}

}  // namespace
}  // namespace firstframe
