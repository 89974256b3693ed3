#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/base/machine.h"
#include "tests/core/support/trained.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

const TrainingPair& pair() {
  static const auto made = scene_pair({32, 40});
  return made;
}

template <typename Exception>
std::string refusal(const TrainSettings& settings) {
  return message_of<Exception>([&] { train(pair(), settings); });
}

TEST(Train, RefusesToTrainForNoTime) {
  TrainSettings settings;
  settings.restorer = "unet";
  settings.seconds = 0;
  EXPECT_EQ(
      refusal<ArgumentError>(settings),
      "seconds: 0 trains nothing; give restorer 'unet' more than 0 seconds, or use restorer linear, which is "
      "fitted at once");
}

TEST(Train, RefusesAPatchLargerThanThePair) {
  auto settings = few_steps("residual");
  settings.patch = 33;
  EXPECT_EQ(refusal<ArgumentError>(settings),
            "patch: 33 does not fit a pair of 32 x 40; use 1..32, or 0 for what fits");
}

TEST(Train, RefusesARestorerThatDoesNotExist) {
  EXPECT_EQ(refusal<ArgumentError>(few_steps("gan")),
            "restorer 'gan' does not exist; use one of residual, unet, unet-gan, rnn, rnn-gan, linear, dncnn");
}

std::string refused_size(const std::string& restorer, std::int64_t width, std::int64_t depth) {
  auto settings = few_steps(restorer);
  settings.width = width;
  settings.depth = depth;
  return refusal<ArgumentError>(settings);
}

TEST(Train, RefusesSizesThatTheRestorerDoesNotHave) {
  EXPECT_EQ(refused_size("unet", 8, 5), "depth: restorer unet has none; leave depth at 0, or use a restorer that has");
  for (const std::string restorer : {"rnn", "linear"})
    EXPECT_EQ(refused_size(restorer, 8, 0),
              "width: restorer " + restorer + " has none; leave width at 0, or use a restorer that has");
}

TEST(Train, RefusesSizesOutOfRange) {
  EXPECT_EQ(refused_size("unet", 300, 0), "width: 300 is not accepted by restorer unet; use 1..256, or 0 for its own, 16");
  EXPECT_EQ(refused_size("dncnn", 8, 1), "depth: 1 is not accepted by restorer dncnn; use 2..64, or 0 for its own, 17");
  EXPECT_EQ(refused_size("residual", 8, 7),
            "depth: 7 is not accepted by restorer residual, whose blocks have two layers; use an even number");
  EXPECT_EQ(refused_size("residual", 2000, 0), "width: '2000' is not accepted; use 0..1024 channels");
}

TEST(Train, RefusesThreadsOutOfRange) {
  auto settings = few_steps("linear");
  settings.threads = -2;
  EXPECT_EQ(refusal<ArgumentError>(settings), "threads: -2 is not accepted; use 1..1024, or 0 for all");
}

TEST(Train, RefusesAPairThatNothingCanBeLearnedFrom) {
  EXPECT_EQ(message_of<FormatError>([] {
              train({pair().clean, pair().clean}, few_steps("linear"));
            }),
            "training pair: degraded and clean are identical; there is nothing to restore");
}

TEST(Train, RefusesToDegradeColourAfresh) {
  auto settings = few_steps("residual");
  settings.augment = Augment::redegrade;
  EXPECT_EQ(message_of<ArgumentError>([&] {
              train(many_channel_pair(3, {32, 40}), settings);
            }),
            "augment: redegrade works on 1-channel pairs, this one has 3; use none, or train on the luma");
}

TEST(Train, RefusesToDegradeAfreshWhereAPatchHasNoRoom) {
  auto settings = few_steps("residual");
  settings.augment = Augment::redegrade;
  settings.patch = 28;  // and 8 pixels around it
  EXPECT_THAT(message_of<ArgumentError>([&] { train(scene_pair({32, 40}), settings); }),
              testing::StartsWith("augment: redegrade needs more room around a patch of "));
}

TEST(Train, RefusesToMoveNoiseAboutWhereItCannot) {
  auto settings = few_steps("residual");
  settings.augment = Augment::renoise;
  EXPECT_EQ(message_of<ArgumentError>([&] { train(many_channel_pair(3, {32, 40}), settings); }),
            "augment: renoise works on 1-channel pairs, this one has 3; use none, or train on the luma");
  settings.patch = 28;  // and 8 pixels around it
  EXPECT_EQ(message_of<ArgumentError>([&] { train(scene_pair({32, 40}), settings); }),
            "augment: renoise takes a pair of one size and more room around a patch of 28 than this one of 32 x 40 has; use a "
            "smaller patch, or none");
}

TEST(Train, RefusesSettingsThatWouldMeanNothing) {
  auto settings = few_steps("linear");
  settings.augment = Augment::redegrade;
  EXPECT_EQ(refusal<ArgumentError>(settings), "augment: restorer linear is fitted on the pair as it is; use auto or none");
  settings = few_steps("linear");
  settings.patch = 64;
  EXPECT_THAT(message_of<ArgumentError>([&] { train(scene_pair({96, 96}), settings); }),
              testing::StartsWith("patch: 64 is not accepted by restorer linear"));
  settings = few_steps("residual");
  settings.noise_jitter = 0.5;
  EXPECT_EQ(refusal<ArgumentError>(settings), "noise-jitter: 0.5 is not accepted; use 0, or 1..30");
  settings = few_steps("rnn");
  settings.rnn.step_size = 5;
  EXPECT_THAT(refusal<ArgumentError>(settings), testing::StartsWith("rnn-step-size: 5 has no meaning with rnn-step row"));
}

TEST(Train, GivesUpWhenTheLossIsNoLongerFinite) {
  auto settings = few_steps("residual", 60);
  settings.depth = 64;
  settings.learning_rate = 1;
  const auto message = refusal<FormatError>(settings);
  EXPECT_THAT(message, testing::StartsWith("training: the loss is no longer finite at step "));
  EXPECT_THAT(message, testing::EndsWith("; lower learning-rate (now 1)"));
}

TEST(Train, RefusesAGpuThatIsNotThere) {
  if (!inspect_machine().gpus.empty()) GTEST_SKIP() << "this machine has a GPU";
  auto settings = few_steps("linear");
  settings.device = Device::cuda;
  EXPECT_THAT(refusal<DeviceError>(settings), testing::StartsWith("device: cuda was asked for"));
}

}  // namespace
}  // namespace firstframe
