#include "core/training/find_border.h"

#include <gtest/gtest.h>

#include <cmath>
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

// A gather: it fades into silence to the left and above, its noise with it. Where circular and reflect differ a few strong samples decide.
TEST(FindBorder, IsNotCircularForAFewStrongSamples) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    TrainingPair pair{Section(SampleType::float32, 1, {120, 60}), Section(SampleType::float32, 1, {120, 60})};
    std::mt19937_64 random(seed);
    std::normal_distribution<float> normal;
    for (int row = 0; row < 120; ++row)
      for (int col = 0; col < 60; ++col) {
        const float strength = std::exp(-0.15f * static_cast<float>(59 - col)) * (row > 40 ? 1.0f : 0.01f);
        const float value = 0.4f * strength * std::sin(0.5f * static_cast<float>(row) + 0.3f * static_cast<float>(col));
        pair.clean.samples<float>()[row * 60 + col] = 0.5f + value;
        pair.degraded.samples<float>()[row * 60 + col] = 0.5f + value + 0.1f * strength * normal(random);
      }
    EXPECT_NE(name_of(find_border(pair)), "circular") << seed;
  }
}

TEST(FindBorder, ServesTheSmallestPair) {
  TrainingPair pair{{}, scene({16, 16})};
  pair.degraded = degrade(pair.clean.view(), {.blur_sigma = 1, .blur_size = 5});
  EXPECT_NO_THROW(find_border(pair));
}

}  // namespace
}  // namespace firstframe
