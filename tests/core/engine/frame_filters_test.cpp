#include "core/engine/frame_filters.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/core/engine/graphs.h"

namespace firstframe {
namespace {

constexpr std::int64_t kSize = 25;

// Two round filters as those that undo a blur: differences of Gaussians.
ConvGraph round_filters() {
  ConvGraph graph;
  graph.filter_count = 2;
  graph.filter_size = kSize;
  const double mean = kSize / 2;
  for (const double narrow : {0.9, 1.3})
    for (int y = 0; y < kSize; ++y)
      for (int x = 0; x < kSize; ++x) {
        const auto bell = [&](double sigma) {
          return std::exp(-((y - mean) * (y - mean) + (x - mean) * (x - mean)) / (2 * sigma * sigma)) /
                 (6.283 * sigma * sigma);
        };
        graph.filters.push_back(static_cast<float>(2.2 * bell(narrow) - 1.5 * bell(narrow + 0.8) + 0.3 * bell(narrow + 2)));
      }
  return graph;
}

ConvGraph any_filters(std::int64_t count, std::int64_t size) {
  ConvGraph graph;
  graph.filter_count = count;
  graph.filter_size = size;
  graph.filters = normal_values(static_cast<std::size_t>(count * size * size), 0.1, 3);
  return graph;
}

// The largest difference from plain sums, over rows of every number of pixels that differs in how it is cut into blocks.
double largest_error(const ConvGraph& graph, const FrameFilters& filters, const RowKernels& kernels) {
  const auto size = graph.filter_size;
  double largest = 0;
  for (const std::int64_t pixels : {1, 15, 16, 17, 95, 96, 97, 200})
    for (const std::int64_t rows : {1, 2, 3}) {
      const auto stride = pixels + size + 2;
      const auto plane = normal_values(static_cast<std::size_t>(stride * (rows + size)), 0.3, 5);
      std::vector<float> room(static_cast<std::size_t>(filters.room(rows, pixels))),
          out(static_cast<std::size_t>(filters.count() * rows * pixels));
      filters.apply(kernels, plane.data() + size / 2 * stride + size / 2, stride, rows, pixels, room.data(), out.data());
      for (std::int64_t f = 0; f < filters.count(); ++f)
        for (std::int64_t r = 0; r < rows; ++r)
          for (std::int64_t c = 0; c < pixels; ++c) {
            double sum = 0;
            for (std::int64_t y = 0; y < size; ++y)
              for (std::int64_t x = 0; x < size; ++x)
                sum += static_cast<double>(graph.filters[(f * size + y) * size + x]) * plane[(r + y) * stride + c + x];
            largest = std::max(largest, std::abs(sum - out[(f * rows + r) * pixels + c]));
          }
    }
  return largest;
}

TEST(FrameFilters, AreSumsOfAFewProductsWhereTheyAreRound) {
  const auto graph = round_filters();
  const FrameFilters exact(graph, 0), near(graph, 1e-4), nearer(graph, 1e-6);
  EXPECT_EQ(exact.terms(), 0);
  EXPECT_GE(near.terms(), 3);
  EXPECT_LE(near.terms(), 6);
  EXPECT_GT(nearer.terms(), near.terms());
  for (const auto* kernels : kernels_here()) {
    EXPECT_LT(largest_error(graph, exact, *kernels), 2e-6) << kernels->name;
    EXPECT_LT(largest_error(graph, near, *kernels), 2e-4) << kernels->name;
    EXPECT_GT(largest_error(graph, near, *kernels), 2e-6) << kernels->name << ": was anything left out?";
    EXPECT_LT(largest_error(graph, nearer, *kernels), 3e-6) << kernels->name;
  }
}

TEST(FrameFilters, AreAppliedTapByTapWhereTheyAreNot) {
  for (const std::int64_t count : {1, 2, 3})
    for (const std::int64_t size : {1, 9, 25}) {
      const auto graph = any_filters(count, size);
      const FrameFilters filters(graph, 1e-4);
      EXPECT_EQ(filters.terms(), 0) << count << ", " << size;
      for (const auto* kernels : kernels_here()) EXPECT_LT(largest_error(graph, filters, *kernels), 1e-5) << kernels->name;
    }
}

TEST(FrameFilters, MayBeZero) {
  auto graph = any_filters(2, 9);
  std::fill(graph.filters.begin(), graph.filters.end(), 0.0f);
  for (const auto* kernels : kernels_here())
    EXPECT_EQ(largest_error(graph, FrameFilters(graph, 1e-4), *kernels), 0) << kernels->name;
}

}  // namespace
}  // namespace firstframe
