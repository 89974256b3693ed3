#include "elements/gst/quality_levels.h"

#include <gtest/gtest.h>

#include "core/training/trainer.h"
#include "elements/gst/light_settings.h"
#include "tests/support/scenes.h"

namespace firstframe {
namespace {

std::shared_ptr<const Restorer> trained(const TrainSettings& asked) {
  auto settings = asked;
  settings.steps = 1;
  settings.batch = 1;
  settings.threads = 1;
  return train(scene_pair({48, 64}), settings);
}

std::shared_ptr<const Restorer> trained(const std::string& restorer) {
  TrainSettings settings;
  settings.restorer = restorer;
  return trained(settings);
}

std::vector<std::string> names(const std::vector<QualityLevel>& levels) {
  std::vector<std::string> all;
  for (const auto& level : levels) all.push_back(level.name);
  return all;
}

using Names = std::vector<std::string>;

TEST(QualityLevels, HaveALightNetworkLastBeforePassing) {
  const auto restorer = trained("linear"), light = trained("linear");
  RestoreSettings asked;
  asked.ensemble = 8;
  const auto levels = quality_levels(*restorer, asked, /*can_keep=*/true, /*all=*/true, light);
  EXPECT_EQ(names(levels), (Names{"full", "no ensemble", "unchanged tiles kept", "light network", "passthrough"}));
  for (const auto& level : levels) EXPECT_EQ(level.light, level.name == "light network" ? light : nullptr);
  EXPECT_EQ(levels[3].settings.ensemble, 1) << "what the levels before it save, it saves too";
  EXPECT_FALSE(levels[3].keeps_tiles || levels[3].passes);
}

TEST(QualityLevels, FallInEvenStepsWithALightNetworkToo) {
  const auto restorer = trained("linear");
  std::vector<int> qualities;
  for (const auto& level : quality_levels(*restorer, {}, true, true, restorer)) qualities.push_back(level.quality);
  EXPECT_EQ(qualities, (std::vector<int>{1000000, 666667, 333334, 0}));
}

TEST(QualityLevels, AreTwoWhereOnlyTwoAreAskedFor) {
  const auto restorer = trained("linear");
  EXPECT_EQ(names(quality_levels(*restorer, {}, true, /*all=*/false, restorer)), (Names{"full", "passthrough"}));
}

TEST(QualityLevels, NameNoLightNetworkWhereThereIsNone) {
  EXPECT_EQ(names(quality_levels(*trained("linear"), {}, true, true)), (Names{"full", "unchanged tiles kept", "passthrough"}));
}

TEST(LightSettings, HalveTheDefaultNetwork) {
  TrainSettings asked;
  asked.seconds = 15;
  asked.seed = 7;
  const auto light = light_settings(trained("residual")->info(), asked);
  ASSERT_TRUE(light);
  EXPECT_EQ(light->restorer, "residual");
  EXPECT_EQ(light->width, 16);
  EXPECT_EQ(light->depth, 6);
  EXPECT_EQ(light->seconds, 5);
  EXPECT_EQ(light->seed, 7u);
}

TEST(LightSettings, GiveATrainingASecondAtLeast) {
  TrainSettings asked;
  asked.seconds = 1.5;
  EXPECT_EQ(light_settings(trained("residual")->info(), asked)->seconds, 1);
}

TEST(LightSettings, AreAcceptedByTheirRestorerAndGiveASmallerNetwork) {
  for (const auto* restorer : {"residual", "unet", "dncnn"}) {
    TrainSettings asked;
    asked.restorer = restorer;
    const auto full = trained(asked);
    const auto settings = light_settings(full->info(), asked);
    ASSERT_TRUE(settings) << restorer;
    const auto light = trained(*settings);
    const auto weights_of = [](const Restorer& of) {
      std::size_t count = 0;
      for (const auto& weight : of.model().weights) count += weight.values.size();
      return count;
    };
    EXPECT_LT(3 * weights_of(*light), weights_of(*full)) << restorer;
    EXPECT_LE(light->info().receptive_field, full->info().receptive_field) << restorer;
  }
}

TEST(LightSettings, KnowNothingLighterThanANarrowNetwork) {
  TrainSettings asked;
  asked.width = 16;
  const auto once = light_settings(trained(asked)->info(), asked);
  ASSERT_TRUE(once);
  EXPECT_EQ(once->width, 8);
  EXPECT_FALSE(light_settings(trained(*once)->info(), *once));
}

TEST(LightSettings, LeaveOutRestorersThatHaveNoWidthOrNeedADiscriminator) {
  for (const auto* restorer : {"linear", "rnn", "rnn-gan", "unet-gan"}) {
    ModelInfo full;
    full.restorer = restorer;
    full.shape["width"] = 32;
    EXPECT_FALSE(light_settings(full, {})) << restorer;
  }
}

}  // namespace
}  // namespace firstframe
