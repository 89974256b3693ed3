#include "core/restorers/classical/edge_fold.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace firstframe {
namespace {

constexpr Extent kPlane{40, 50};

std::vector<float> slope() {
  std::vector<float> plane;
  for (std::int64_t i = 0; i < kPlane.area(); ++i)
    plane.push_back(static_cast<float>(i / kPlane.cols) + 3 * static_cast<float>(i % kPlane.cols));
  return plane;
}

TEST(EdgeFold, LeavesTheInsideAlone) {
  const auto before = slope();
  auto plane = before;
  fold_edges(plane, kPlane, 12);
  for (std::int64_t r = 12; r < kPlane.rows - 12; ++r)
    for (std::int64_t c = 12; c < kPlane.cols - 12; ++c)
      ASSERT_EQ(plane[r * kPlane.cols + c], before[r * kPlane.cols + c]);
}

TEST(EdgeFold, LetsThePlaneGoOnWithoutAJump) {
  auto plane = slope();
  fold_edges(plane, kPlane, 12);
  const auto at = [&](std::int64_t r, std::int64_t c) { return plane[r * kPlane.cols + c]; };
  for (std::int64_t c = 0; c < kPlane.cols; ++c)
    EXPECT_LT(std::abs(at(0, c) - at(kPlane.rows - 1, c)), 0.02f * kPlane.rows);
  for (std::int64_t r = 0; r < kPlane.rows; ++r)
    EXPECT_LT(std::abs(at(r, 0) - at(r, kPlane.cols - 1)), 0.02f * 3 * kPlane.cols);
}

TEST(EdgeFold, KeepsAConstantPlane) {
  std::vector<float> plane(static_cast<std::size_t>(kPlane.area()), 0.25f);
  fold_edges(plane, kPlane, 20);
  for (const float value : plane) ASSERT_FLOAT_EQ(value, 0.25f);
}

}  // namespace
}  // namespace firstframe
