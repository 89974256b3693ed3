#include "core/training/held_out_psnr.h"

#include <gtest/gtest.h>

#include "core/training/trainer.h"
#include "tests/support/scenes.h"

namespace firstframe {
namespace {

TrainSettings linear() {
  TrainSettings settings;
  settings.restorer = "linear";
  settings.threads = 1;
  return settings;
}

TEST(HeldOutPsnr, IsWhatTheTrainingOnThisPairMeasured) {
  const auto pair = scene_pair({96, 128});
  const auto restorer = train(pair, linear());
  ASSERT_TRUE(restorer->info().held_out_psnr);
  const auto measured = held_out_psnr(*restorer, pair, linear());
  ASSERT_TRUE(measured);
  EXPECT_NEAR(*measured, *restorer->info().held_out_psnr, 1e-6);
}

TEST(HeldOutPsnr, IsThatOfTheTrainingForLargerFramesToo) {
  const auto pair = small_pair({96, 128}, 2, /*phase=*/1);
  const auto restorer = train(pair, linear());
  ASSERT_TRUE(restorer->info().held_out_psnr);
  EXPECT_NEAR(held_out_psnr(*restorer, pair, linear()).value_or(0), *restorer->info().held_out_psnr, 1e-3);
}

TEST(HeldOutPsnr, TellsARestorerOfAnotherDegradation) {
  const auto pair = scene_pair({96, 128});
  TrainingPair inverted = scene_pair({96, 128}, SampleType::uint8, 2);
  for (std::int64_t i = 0; i < inverted.clean.extent().area(); ++i)
    inverted.clean.samples<std::uint8_t>()[i] =
        static_cast<std::uint8_t>(255 - inverted.clean.samples<std::uint8_t>()[i]);
  const auto good = train(pair, linear()), bad = train(inverted, linear());
  EXPECT_GT(*held_out_psnr(*good, pair, linear()), *held_out_psnr(*bad, pair, linear()) + 5);
}

TEST(HeldOutPsnr, IsNothingWhereThereIsNoStripeOrAnotherScale) {
  const auto pair = scene_pair({96, 128});
  auto settings = linear();
  const auto restorer = train(pair, settings);
  EXPECT_FALSE(held_out_psnr(*restorer, small_pair({96, 128}, 2), settings));
  settings.held_out = 0;
  EXPECT_FALSE(held_out_psnr(*restorer, pair, settings));
}

TEST(HeldOutComplaint, IsOfModelsThatMakeNoPictureBetter) {
  ModelInfo info;
  EXPECT_EQ(held_out_complaint(info), "") << "nothing was held out";
  info.held_out_degraded_psnr = 25;
  info.held_out_psnr = 26;
  EXPECT_EQ(held_out_complaint(info), "");
  info.held_out_psnr = 25;
  EXPECT_NE(held_out_complaint(info), "") << "a network that died";
  info.held_out_psnr = 23.5;
  EXPECT_NE(held_out_complaint(info).find("came with 25.00 dB and is restored to 23.50 dB"), std::string::npos);
}

}  // namespace
}  // namespace firstframe
