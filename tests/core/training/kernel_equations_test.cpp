#include "core/training/kernel_equations.h"

#include <gtest/gtest.h>

#include "tests/core/support/sections.h"

namespace firstframe {
namespace {

TEST(TapsByRing, LeadsWithEverySmallerKernel) {
  const auto taps = taps_by_ring(3);
  ASSERT_EQ(taps.size(), 49u);
  for (std::int64_t ring = 0; ring <= 3; ++ring)
    for (std::int64_t i = 0; i < (2 * ring + 1) * (2 * ring + 1); ++i)
      EXPECT_LE(std::max(std::abs(taps[i].row), std::abs(taps[i].col)), ring);
}

TEST(KernelEquations, AreTheSumsOfAPlainLoopOverAllTiles) {
  const TrainingPair pair{scramble(SampleType::float32, 1, {30, 34}, 1), scramble(SampleType::float32, 1, {30, 34}, 2)};
  const std::vector<Region> tiles{{2, 3, 11, 9}, {15, 14, 6, 17}};  // rows of 4 and what is left of them
  const auto equations = kernel_equations(pair, tiles, 2);
  const auto taps = taps_by_ring(2);
  const auto at = [](const Section& section, std::int64_t row, std::int64_t col) -> double {
    return section.samples<float>()[row * 34 + col];
  };
  for (std::size_t u = 0; u < taps.size(); ++u)
    for (std::size_t v = 0; v < taps.size(); ++v) {
      double product = 0, right = 0, sum = 0;
      for (const auto& tile : tiles)
        for (auto r = tile.row; r < tile.row + tile.rows; ++r)
          for (auto c = tile.col; c < tile.col + tile.cols; ++c) {
            const double clean = at(pair.clean, r + taps[u].row, c + taps[u].col);
            product += clean * at(pair.clean, r + taps[v].row, c + taps[v].col);
            right += clean * at(pair.degraded, r, c);
            sum += clean;
          }
      ASSERT_NEAR(equations.products[u * taps.size() + v], product, 1e-9);
      ASSERT_NEAR(equations.right[u], right, 1e-9);
      ASSERT_NEAR(equations.sums[u], sum, 1e-9);
    }
  EXPECT_EQ(equations.count, 11 * 9 + 6 * 17);
}

}  // namespace
}  // namespace firstframe
