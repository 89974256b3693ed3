#include "core/metrics/edge_preservation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/degradation/degrade.h"
#include "tests/support/messages.h"
#include "tests/support/scenes.h"

namespace firstframe {
namespace {

Section degraded(const Section& clean, double blur_sigma, double noise_sigma) {
  Degradation degradation;
  degradation.blur_sigma = blur_sigma;
  degradation.blur_size = 17;
  degradation.noise_sigma = noise_sigma;
  return degrade(clean.view(), degradation);
}

// Rows 0..23 dark, the others bright.
Section step() {
  Section section(SampleType::float32, 1, {48, 64});
  for (std::int64_t p = 24 * 64; p < 48 * 64; ++p) section.samples<float>()[p] = 0.8f;
  return section;
}

TEST(EdgePreservation, OfThePictureItselfIsOne) {
  const auto clean = scene({64, 80}, SampleType::float32);
  const auto same = edge_preservation(clean.view(), clean.view());
  EXPECT_NEAR(same.index, 1, 1e-9);
  EXPECT_NEAR(same.energy_ratio, 1, 1e-9);
}

TEST(EdgePreservation, OverlooksGainAndOffset) {
  const auto clean = scene({64, 80}, SampleType::float32);
  auto paler = clean;
  for (std::int64_t p = 0; p < 64 * 80; ++p)
    paler.samples<float>()[p] = 0.5f * paler.samples<float>()[p] + 0.2f;
  const auto found = edge_preservation(paler.view(), clean.view());
  EXPECT_NEAR(found.index, 1, 1e-4);
  EXPECT_NEAR(found.energy_ratio, 1, 1e-4);
}

TEST(EdgePreservation, FallsWithBlurAndTellsNoiseFromEdges) {
  const auto clean = scene({64, 80}, SampleType::float32);
  const auto blurred = edge_preservation(degraded(clean, 2, 0).view(), clean.view());
  const auto noisy = edge_preservation(degraded(clean, 0, 60).view(), clean.view());
  EXPECT_LT(blurred.index, 0.9);
  EXPECT_LT(blurred.energy_ratio, 0.8);
  EXPECT_LT(noisy.index, 0.9);
  EXPECT_GT(noisy.energy_ratio, 1);
}

TEST(EdgePreservation, RefusesWhatCannotBeCompared) {
  const auto clean = scene({64, 80}, SampleType::float32);
  const Section flat(SampleType::float32, 1, {64, 80});
  EXPECT_EQ(message_of<FormatError>([&] { edge_preservation(clean.view(), flat.view()); }),
            "edge preservation: the reference is flat; it has no edges to keep");
  EXPECT_THAT(message_of<FormatError>([&] {
                edge_preservation(scene({64, 81}).view(), clean.view());
              }),
              testing::HasSubstr("restored is 64 x 81, the reference 64 x 80"));
}

TEST(EdgeSteepness, OfAStepIsAHalfAndLessOnceBlurred) {
  EXPECT_NEAR(edge_steepness(step().view()), 0.5, 1e-6);
  EXPECT_LT(edge_steepness(degraded(step(), 1.5, 0).view()), 0.35);
  EXPECT_EQ(edge_steepness(Section(SampleType::uint8, 1, {8, 16}).view()), 0);
  EXPECT_THAT(message_of<FormatError>([] {
                edge_steepness(Section(SampleType::uint8, 1, {8, 15}).view());
              }),
              testing::HasSubstr("at least 3 x 16"));
}

}  // namespace
}  // namespace firstframe
