#include "core/training/find_border.h"

#include <gtest/gtest.h>

#include <random>

#include "core/degradation/degrade.h"
#include "tests/core/support/sections.h"
#include "tests/support/scenes.h"

namespace firstframe {
namespace {

TrainingPair blurred_at(Border border, double noise_sigma) {
  TrainingPair pair{{}, scene({80, 96})};
  pair.degraded = degrade(pair.clean.view(),
                          {.blur_sigma = 1.6, .blur_size = 13, .border = border, .noise_sigma = noise_sigma});
  return pair;
}

TEST(FindBorder, TellsACircularBlurFromAReflectedOne) {
  for (const double noise : {0.0, 1.4}) {
    EXPECT_EQ(name_of(find_border(blurred_at(Border::circular, noise))), "circular") << noise;
    EXPECT_EQ(name_of(find_border(blurred_at(Border::reflect, noise))), "reflect") << noise;
  }
}

// Replicated and reflected edges are alike where a picture is smooth; a picture that changes at every pixel tells them.
TEST(FindBorder, TellsAReplicatedBlurWhereThePictureChangesAtTheEdge) {
  TrainingPair pair{{}, scramble(SampleType::uint8, 1, {80, 96})};
  pair.degraded =
      degrade(pair.clean.view(), {.blur_sigma = 1.0, .blur_size = 9, .border = Border::replicate});
  EXPECT_EQ(name_of(find_border(pair)), "replicate");
}

TEST(FindBorder, StaysWithReflectWhenOnlyNoiseWasAdded) {
  TrainingPair pair{{}, scene({64, 64})};
  pair.degraded = degrade(pair.clean.view(), {.noise_sigma = 10});
  EXPECT_EQ(name_of(find_border(pair)), "reflect");
}

// A blur met real surroundings when the pair was cut from something larger.
TEST(BorderMetBy, SaysThatItIsUnseenAndThatItIsNot) {
  const TrainingPair large{degrade(scramble(SampleType::uint8, 1, {140, 160}).view(), {.blur_sigma = 1.2, .blur_size = 9, .noise_sigma = 1}),
                           scramble(SampleType::uint8, 1, {140, 160})};
  const Region part{20, 30, 100, 110};
  const TrainingPair cut{Section(large.degraded.view().crop(part)), Section(large.clean.view().crop(part))};
  const auto kernel = gaussian_psf(1.2, 9);
  const auto unseen = border_met_by(cut, kernel, 0), seen = border_met_by(large, kernel, 0);
  EXPECT_FALSE(unseen.border.has_value());
  EXPECT_GT(unseen.edge_error, 1.5);
  ASSERT_TRUE(seen.border.has_value());
  EXPECT_EQ(name_of(*seen.border), "reflect");
  EXPECT_NEAR(seen.edge_error, 1, 0.3);
  EXPECT_EQ(name_of(find_border(cut)), "reflect");
}

TEST(FindBorder, SeesColourPairsAsOne) {
  TrainingPair pair{{}, scramble(SampleType::uint8, 3, {80, 96})};
  pair.degraded = degrade(pair.clean.view(), {.blur_sigma = 1.6, .blur_size = 13, .border = Border::circular});
  EXPECT_EQ(name_of(find_border(pair)), "circular");
}

// A line has two ends, and so has time.
TEST(FindBorder, OfSeismicPairsIsNeverCircular) {
  auto pair = blurred_at(Border::circular, 1.4);
  pair.is_seismic = true;
  EXPECT_NE(name_of(find_border(pair)), "circular");
  const auto kernel = gaussian_psf(1.6, 13);
  EXPECT_NE(border_met_by(pair, kernel, 0).border, Border::circular);
}

// A strong event at one place of the right edge, of which something like it lies at the left, for whatever reason; all else tells nothing.
TEST(FindBorder, IsNotCircularForAFewStrongSamples) {
  TrainingPair pair{Section(SampleType::float32, 1, {120, 96}), Section(SampleType::float32, 1, {120, 96})};
  std::mt19937_64 random(3);
  std::normal_distribution<float> normal;
  auto* clean = pair.clean.samples<float>();
  for (int row = 0; row < 120; ++row)
    for (int col = 0; col < 96; ++col) {
      const bool is_inside = row >= 12 && row < 108 && col >= 12 && col < 84, is_event = row >= 50 && row < 58 && col >= 88;
      clean[row * 96 + col] = 0.5f + (is_inside ? 0.1f * normal(random) : 0) + (is_event ? 0.4f : 0);
    }
  const Degradation reflected{.blur_sigma = 1.6, .blur_size = 13}, circular{.blur_sigma = 1.6, .blur_size = 13, .border = Border::circular};
  pair.degraded = degrade(pair.clean.view(), reflected);
  const auto other = degrade(pair.clean.view(), circular);
  auto* degraded = pair.degraded.samples<float>();
  for (int row = 45; row < 63; ++row)
    for (int col = 0; col < 6; ++col) {
      degraded[row * 96 + col] = other.samples<float>()[row * 96 + col];
      degraded[row * 96 + 95 - col] = other.samples<float>()[row * 96 + 95 - col];
    }
  for (int i = 0; i < 120 * 96; ++i) degraded[i] += 0.005f * normal(random);
  EXPECT_EQ(name_of(find_border(pair)), "reflect");
  pair.degraded = other;
  for (int i = 0; i < 120 * 96; ++i) pair.degraded.samples<float>()[i] += 0.005f * normal(random);
  EXPECT_NE(name_of(find_border(pair)), "circular");  // one place of one edge is too little even where it is true: reflect harms nobody
}

TEST(FindBorder, ServesTheSmallestPair) {
  TrainingPair pair{{}, scene({16, 16})};
  pair.degraded = degrade(pair.clean.view(), {.blur_sigma = 1, .blur_size = 5});
  EXPECT_NO_THROW(find_border(pair));
}

}  // namespace
}  // namespace firstframe
