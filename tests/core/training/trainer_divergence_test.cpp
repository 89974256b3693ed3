#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "core/base/error.h"
#include "core/metrics/psnr.h"
#include "core/tiling/restore_tiled.h"
#include "tests/core/support/trained.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

const TrainingPair& pair() {
  static const auto made = scene_pair({64, 120});
  return made;
}

TEST(Train, KeepsTheWeightsOfTheFirstStageWhenTheDiscriminatorSpoilsThem) {
  auto settings = few_steps("rnn-gan", 200);
  settings.gan_lambda = 100;
  settings.learning_rate = 0.02;
  const auto restorer = train(pair(), settings);
  const auto info = restorer->info();
  EXPECT_THAT(info.note, testing::MatchesRegex(
                             "the PSNR fell [0-9]+ dB against the discriminator by step [0-9]+; the weights of step "
                             "[0-9]+(, before the discriminator,)? were kept; lower gan-lambda \\(now 100\\)"));
  EXPECT_LT(info.steps, 200);
  EXPECT_GE(*info.held_out_psnr, *info.held_out_degraded_psnr - 3);
  EXPECT_EQ(restore(*restorer, pair().degraded.view()).extent(), pair().degraded.extent());
}

// A pixel of the pair that stops being a number stands for a network whose values run away: after a good moment.
TEST(Train, KeepsTheLastGoodWeightsWhenNumbersRunAway) {
  auto poisoned = scene_pair({64, 120}, SampleType::float32);
  const auto poison = [&](const TrainingProgress& now) {
    if (!now.held_out_psnr) return;
    auto* pixels = poisoned.degraded.samples<float>();
    pixels[poisoned.degraded.extent().area() - 1] = std::numeric_limits<float>::quiet_NaN();
  };
  const auto restorer = train(poisoned, few_steps("residual", 2000), poison);
  const auto info = restorer->info();
  EXPECT_THAT(info.note,
              testing::MatchesRegex("what it restores is no longer finite at step [0-9]+; the weights of step [0-9]+ were "
                                    "kept; lower learning-rate \\(now 0.004\\)"));
  EXPECT_LT(info.steps, 2000);
  EXPECT_EQ(info.planned_steps, 2000);
  EXPECT_GE(*info.held_out_psnr, *info.held_out_degraded_psnr);
  EXPECT_NEAR(psnr(restore(*restorer, pair().degraded.view()).view(), pair().clean.view()), *info.held_out_psnr, 6);
}

// The weights of the first moments are worse than the degraded frame, and so are not worth keeping.
TEST(Train, KeepsNoWeightsThatWereNeverGood) {
  auto settings = few_steps("rnn", 19);  // measured after every one
  settings.rnn = {RnnStep::segment, 1, RnnDirection::down, RnnOutput::patch, 128};
  settings.learning_rate = 0.5;
  const auto message = message_of<FormatError>([&] { train(pair(), settings); });
  EXPECT_THAT(message, testing::HasSubstr(" no longer finite at step "));
  EXPECT_THAT(message, testing::EndsWith("; lower learning-rate (now 0.5)"));
}

}  // namespace
}  // namespace firstframe
