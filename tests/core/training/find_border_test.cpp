#include "core/training/find_border.h"

#include <gtest/gtest.h>

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

TEST(FindBorder, ServesTheSmallestPair) {
  TrainingPair pair{{}, scene({16, 16})};
  pair.degraded = degrade(pair.clean.view(), {.blur_sigma = 1, .blur_size = 5});
  EXPECT_NO_THROW(find_border(pair));
}

}  // namespace
}  // namespace firstframe
