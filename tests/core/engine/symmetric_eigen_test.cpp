#include "core/engine/symmetric_eigen.h"

#include <gtest/gtest.h>

#include <cmath>

namespace firstframe {
namespace {

TEST(SymmetricEigen, FindsTheAxesOfASmallMatrix) {
  const auto found = symmetric_eigen({{2, 1}, {0, 2}});  // the lower triangle is not read
  EXPECT_NEAR(found.values[0], 3, 1e-12);
  EXPECT_NEAR(found.values[1], 1, 1e-12);
  EXPECT_NEAR(std::abs(found.vectors[0][0]), std::sqrt(0.5), 1e-12);
  EXPECT_NEAR(found.vectors[0][0], found.vectors[0][1], 1e-12);
}

TEST(SymmetricEigen, GivesTheMatrixBack) {
  constexpr std::size_t kRows = 25;
  std::vector<std::vector<double>> matrix(kRows, std::vector<double>(kRows));
  for (std::size_t i = 0; i < kRows; ++i)
    for (std::size_t j = 0; j < kRows; ++j) matrix[i][j] = std::sin(static_cast<double>(i * j + i + j)) + (i == j ? 1 : 0);
  const auto found = symmetric_eigen(matrix);
  for (std::size_t i = 0; i < kRows; ++i) {
    if (i > 0) {
      EXPECT_LE(found.values[i], found.values[i - 1]);
    }
    for (std::size_t j = 0; j < kRows; ++j) {
      double sum = 0, product = 0;
      for (std::size_t k = 0; k < kRows; ++k) {
        sum += found.values[k] * found.vectors[k][i] * found.vectors[k][j];
        product += found.vectors[i][k] * found.vectors[j][k];
      }
      EXPECT_NEAR(sum, matrix[i][j], 1e-10) << i << ", " << j;
      EXPECT_NEAR(product, i == j ? 1 : 0, 1e-10) << i << ", " << j;
    }
  }
}

TEST(SymmetricEigen, AcceptsZeros) {
  const auto found = symmetric_eigen({{0, 0, 0}, {0, 0, 0}, {0, 0, 0}});
  for (const auto value : found.values) EXPECT_EQ(value, 0);
}

}  // namespace
}  // namespace firstframe
