#include "core/seismic/triangle_smoothing.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "tests/core/seismic/events.h"

namespace firstframe {
namespace {

// The triangle as it is defined, mirrored as often as it must be.
Traces slowly_smoothed(const Traces& traces, std::int64_t down, std::int64_t across) {
  const auto mirrored = [](std::int64_t at, std::int64_t length) {
    while (at < 0 || at >= length) at = at < 0 ? -1 - at : 2 * length - 1 - at;
    return at;
  };
  Traces result(traces.extent);
  for (std::int64_t row = 0; row < traces.extent.rows; ++row)
    for (std::int64_t col = 0; col < traces.extent.cols; ++col)
      for (auto y = 1 - down; y < down; ++y)
        for (auto x = 1 - across; x < across; ++x)
          result.at(row, col) += static_cast<double>((down - std::abs(y)) * (across - std::abs(x))) / static_cast<double>(down * down * across * across) *
                                 traces.at(mirrored(row + y, traces.extent.rows), mirrored(col + x, traces.extent.cols));
  return result;
}

TEST(TriangleSmoothing, IsTheTriangleItSays) {
  for (const auto& [down, across] : {std::pair{5, 3}, std::pair{1, 4}, std::pair{9, 1}, std::pair{20, 30}}) {
    auto traces = white_noise({13, 9}, 4);
    const auto expected = slowly_smoothed(traces, down, across);
    smooth_with_triangles(traces, down, across);
    for (std::size_t i = 0; i < traces.values.size(); ++i) EXPECT_NEAR(traces.values[i], expected.values[i], 1e-12);
  }
}

TEST(TriangleSmoothing, IsSymmetric) {
  const auto a = white_noise({17, 11}, 1), b = white_noise({17, 11}, 2);
  auto smooth_a = a, smooth_b = b;
  smooth_with_triangles(smooth_a, 4, 6);
  smooth_with_triangles(smooth_b, 4, 6);
  const auto product = [](const Traces& x, const Traces& y) {
    return std::inner_product(x.values.begin(), x.values.end(), y.values.begin(), 0.0);
  };
  EXPECT_NEAR(product(smooth_a, b), product(a, smooth_b), 1e-10);
}

}  // namespace
}  // namespace firstframe
