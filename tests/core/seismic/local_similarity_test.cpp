#include "core/seismic/local_similarity.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "tests/core/seismic/events.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

TEST(LocalSimilarity, OfAMultipleIsOne) {
  const auto a = white_noise({40, 30}, 1);
  const auto similarity = local_similarity(a, sum_of(Traces(a.extent), a, -3));
  EXPECT_NEAR(quantile_of(similarity, 0), 1, 1e-3);
}

// Triangles so wide that nothing is local leave the ordinary correlation coefficient (about zero, which is where traces swing).
TEST(LocalSimilarity, OfTheWidestTriangleIsTheCorrelation) {
  const auto a = white_noise({24, 20}, 1);
  const auto b = sum_of(sum_of(Traces(a.extent), a, 0.5), white_noise(a.extent, 2));
  double ab = 0;
  for (std::size_t i = 0; i < a.values.size(); ++i) ab += a.values[i] * b.values[i];
  const double coefficient = std::abs(ab) / std::sqrt(energy_of(a) * energy_of(b));
  const auto similarity = local_similarity(a, b, {.half_samples = 2000, .half_traces = 2000});
  EXPECT_NEAR(quantile_of(similarity, 0), coefficient, 0.02);
  EXPECT_NEAR(quantile_of(similarity, 1), coefficient, 0.02);
}

TEST(LocalSimilarity, IsHighWhereSignalLeakedAndLowElsewhere) {
  Traces signal({120, 80});
  add_event(signal, 30, 0, 1);
  add_event(signal, 90, 0, 1);
  Traces leaked(signal.extent);
  add_event(leaked, 30, 0, 0.4);  // of the upper event alone
  const auto residual = sum_of(leaked, white_noise(signal.extent, 3), 0.05);
  const auto similarity = local_similarity(signal, residual);
  EXPECT_GT(similarity.at(30, 40), 0.8);
  EXPECT_LT(similarity.at(90, 40), 0.4);
  const auto innocent = local_similarity(signal, white_noise(signal.extent, 4));
  EXPECT_LT(quantile_of(innocent, 0.95), 0.35);
}

TEST(LocalSimilarity, DoesNotDependOnOrderAndScale) {
  const auto a = white_noise({30, 20}, 1), b = sum_of(a, white_noise({30, 20}, 2));
  const auto one = local_similarity(a, b), other = local_similarity(sum_of(Traces(b.extent), b, 1e6), a);
  for (std::size_t i = 0; i < one.values.size(); ++i) EXPECT_NEAR(one.values[i], other.values[i], 1e-3);
}

TEST(LocalSimilarity, WithSilenceIsZero) {
  EXPECT_EQ(quantile_of(local_similarity(white_noise({20, 20}, 1), Traces({20, 20})), 1), 0);
}

TEST(LocalSimilarity, RefusesDifferentSizes) {
  EXPECT_EQ(message_of<FormatError>([] { local_similarity(Traces({20, 20}), Traces({20, 21})); }),
            "local similarity: one section is 20 x 20, the other 20 x 21; use two of one size");
}

TEST(Quantile, InterpolatesBetweenSamples) {
  Traces traces({1, 5});
  traces.values = {4, 0, 2, 1, 3};
  EXPECT_DOUBLE_EQ(quantile_of(traces, 0.5), 2);
  EXPECT_DOUBLE_EQ(quantile_of(traces, 0.95), 3.8);
}

TEST(BlendedBack, GivesTheSignalBackWhereItLeaked) {
  Traces degraded({1, 3}), restored({1, 3}), similarity({1, 3});
  degraded.values = {1, 1, 1};
  restored.values = {0.5, 0.5, 0.5};
  similarity.values = {0.2, 0.45, 0.9};
  const auto blended = blended_back(restored, degraded, similarity, 0.3);
  EXPECT_DOUBLE_EQ(blended.values[0], 0.5);
  EXPECT_DOUBLE_EQ(blended.values[1], 0.75);
  EXPECT_DOUBLE_EQ(blended.values[2], 1);
}

}  // namespace
}  // namespace firstframe
