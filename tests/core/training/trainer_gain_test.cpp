#include <gtest/gtest.h>

#include "tests/core/support/trained.h"

namespace firstframe {
namespace {

TrainSettings short_training(const std::string& restorer, std::int64_t steps) {
  TrainSettings settings;
  settings.restorer = restorer;
  settings.steps = steps;
  settings.batch = 8;
  return settings;
}

// What a short training gains on the stripe that it never sees, in dB.
double gain(const TrainSettings& settings) {
  const auto info = train(scene_pair({128, 160}), settings)->info();
  return info.held_out_psnr.value() - info.held_out_degraded_psnr.value();
}

TEST(Train, GainsADecibelWithEveryRestorer) {
  EXPECT_GE(gain(short_training("linear", 0)), 1);
  EXPECT_GE(gain(short_training("residual", 200)), 1);
  EXPECT_GE(gain(short_training("unet", 100)), 1);
  auto rnn = short_training("rnn", 300);
  rnn.batch = 256;
  EXPECT_GE(gain(rnn), 1);
}

TEST(Train, GainsWithEveryVariantOfTheRecurrentRestorer) {
  auto settings = short_training("rnn", 150);
  settings.batch = 128;
  settings.patch = 9;
  settings.rnn.latent = 96;
  for (const auto step : {RnnStep::row, RnnStep::segment, RnnStep::patch})
    for (const auto direction : {RnnDirection::down, RnnDirection::up, RnnDirection::both})
      for (const auto output : {RnnOutput::patch, RnnOutput::pixel}) {
        settings.rnn.step = step;
        settings.rnn.direction = direction;
        settings.rnn.output = output;
        EXPECT_GE(gain(settings), 0.5) << name_of(step) << " " << name_of(direction) << " " << name_of(output);
      }
}

TEST(Train, GainsAgainstADiscriminator) {
  auto rnn = short_training("rnn-gan", 300);
  rnn.batch = 128;
  EXPECT_GE(gain(rnn), 0.5);
  auto unet = short_training("unet-gan", 100);
  unet.batch = 16;
  EXPECT_GE(gain(unet), 0.5);
}

TEST(Train, GainsADecibelInADeepSection) {
  const auto info =
      train(scene_pair({128, 160}, SampleType::uint16), short_training("residual", 200))->info();
  EXPECT_GE(*info.held_out_psnr - *info.held_out_degraded_psnr, 1);
}

TEST(Train, GainsWithEitherLoss) {
  auto settings = short_training("residual", 100);
  for (const auto loss : {Loss::l1, Loss::l2}) {
    settings.loss = loss;
    EXPECT_GE(gain(settings), 0.5) << name_of(loss);
  }
}

}  // namespace
}  // namespace firstframe
