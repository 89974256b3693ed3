#include "core/training/trainer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <chrono>
#include <future>

#include "core/base/error.h"
#include "core/degradation/blur.h"
#include "core/degradation/noise.h"
#include "core/restorers/restorer.h"
#include "core/training/pair_hash.h"
#include "tests/core/support/three_workers.h"
#include "tests/core/support/trained.h"
#include "tests/support/messages.h"
#include "tests/support/scenes.h"

namespace firstframe {
namespace {

const TrainingPair& pair() {
  static const auto made = scene_pair({64, 120});
  return made;
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

TEST(Train, GivesTheSameWeightsForTheSameSeedAndSteps) {
  for (const std::string kind : kRestorers) {
    const auto first = train(pair(), few_steps(kind, 6))->model(),
               second = train(pair(), few_steps(kind, 6))->model();
    EXPECT_TRUE(same_weights(first, second)) << kind;
    EXPECT_EQ(first.info.held_out_psnr, second.info.held_out_psnr) << kind;
  }
}

TEST(Train, TakesTheWidthAndDepthAskedFor) {
  const auto shape_of = [](const std::string& kind, std::int64_t width, std::int64_t depth) {
    auto settings = few_steps(kind, 1);
    settings.width = width;
    settings.depth = depth;
    return train(pair(), settings)->info().shape;
  };
  using Shape = std::map<std::string, std::int64_t>;
  EXPECT_EQ(shape_of("residual", 6, 4), (Shape{{"width", 6}, {"blocks", 1}, {"unshuffle", 2}}));
  EXPECT_EQ(shape_of("residual", 0, 0), (Shape{{"width", 32}, {"blocks", 4}, {"unshuffle", 2}}));
  EXPECT_EQ(shape_of("unet", 3, 0), (Shape{{"width", 3}}));
  EXPECT_EQ(shape_of("dncnn", 5, 3), (Shape{{"width", 5}, {"depth", 3}}));
  EXPECT_EQ(shape_of("dncnn", 0, 0), (Shape{{"width", 64}, {"depth", 17}}));
}

TEST(Train, GivesTheSameWeightsFromPatchesThatAreDegradedAfresh) {
  auto settings = few_steps("residual", 12);
  settings.augment = Augment::redegrade;
  settings.threads = 1;
  const auto with_one = train(pair(), settings)->model();
  EXPECT_EQ(with_one.info.augment, "redegrade");
  for (const int threads : {1, 3}) {
    settings.threads = threads;
    EXPECT_TRUE(same_weights(train(pair(), settings)->model(), with_one)) << threads;
  }
}

TEST(Train, GivesTheSameWeightsFromNoiseThatIsMovedAbout) {
  auto settings = few_steps("residual", 12);
  settings.augment = Augment::renoise;
  settings.threads = 1;
  const auto with_one = train(pair(), settings)->model();
  EXPECT_EQ(with_one.info.augment, "renoise");
  settings.threads = 3;
  EXPECT_TRUE(same_weights(train(pair(), settings)->model(), with_one));
}

TEST(Train, MovesStrongNoiseAboutThatNeighboursShare) {
  constexpr Extent kLarge{200, 256};
  TrainingPair noisy{scene(kLarge, SampleType::float32), scene(kLarge, SampleType::float32), /*neighbours=*/2};
  Section noise(SampleType::float32, 1, kLarge);
  add_gaussian_noise(noise, 0.2, 5);
  blur(noise, gaussian_kernel(0.45, 5), Border::reflect);
  for (std::int64_t i = 0; i < kLarge.area(); ++i) noisy.degraded.samples<float>()[i] += noise.samples<float>()[i];
  auto settings = few_steps("residual", 2);
  settings.augment = Augment::automatic;
  const auto info = train(noisy, settings)->info();
  EXPECT_EQ(info.augment, "renoise");
  EXPECT_EQ(info.neighbours, 2);
  EXPECT_EQ(info.shape.at("width"), 16);  // smaller than elsewhere
  settings.width = 24;
  EXPECT_EQ(train(noisy, settings)->info().shape.at("width"), 24);
}

TEST(Train, GivesTheSameWeightsWhenTwoTrainAtOnce) {
  for (const std::string kind : kRestorers) {
    auto settings = few_steps(kind, 6);
    settings.threads = 1;
    const auto alone = train(pair(), settings)->model();
    auto other = std::async(std::launch::async, [&] { return train(pair(), settings)->model(); });
    const auto one = train(pair(), settings)->model();
    EXPECT_TRUE(same_weights(one, alone)) << kind;
    EXPECT_TRUE(same_weights(other.get(), alone)) << kind;
  }
}

TEST(Train, GivesTheSameWeightsForAnyNumberOfThreads) {
  for (const std::string kind : kRestorers) {
    auto settings = few_steps(kind, 6);
    settings.batch = 10;  // shards of two and three patches
    settings.threads = 1;
    const auto with_one = train(pair(), settings)->model();
    for (const int threads : {2, 3}) {
      settings.threads = threads;
      EXPECT_TRUE(same_weights(train(pair(), settings)->model(), with_one)) << kind << " " << threads;
    }
  }
}

TEST(Train, GivesOtherWeightsForAnotherSeed) {
  for (const std::string kind : {"residual", "unet", "rnn", "rnn-gan"}) {
    auto settings = few_steps(kind);
    const auto first = train(pair(), settings)->model();
    settings.seed = 2;
    EXPECT_FALSE(same_weights(train(pair(), settings)->model(), first)) << kind;
  }
}

TEST(Train, GivesTheSameWeightsWithEveryVariantOfTheRecurrentRestorer) {
  for (const auto step : {RnnStep::row, RnnStep::segment, RnnStep::patch})
    for (const auto direction : {RnnDirection::down, RnnDirection::up, RnnDirection::both})
      for (const auto output : {RnnOutput::patch, RnnOutput::pixel}) {
        auto settings = few_steps("rnn");
        settings.batch = 10;
        settings.patch = 6;
        settings.rnn = {step, 0, direction, output, 16};
        settings.threads = 1;
        const auto with_one = train(scene_pair({24, 32}), settings)->model();
        settings.threads = 3;
        EXPECT_TRUE(same_weights(train(scene_pair({24, 32}), settings)->model(), with_one))
            << name_of(step) << " " << name_of(direction) << " " << name_of(output);
      }
}

TEST(Train, AgainstADiscriminatorGivesAModelOfTheSecondStage) {
  for (const std::string kind : {"rnn", "unet"}) {
    auto settings = few_steps(kind, 12);
    settings.patch = 16;  // of both kinds, so that their first stages are alike
    settings.learning_rate = 1e-4;
    const auto alone = train(pair(), settings)->model();
    settings.restorer = kind + "-gan";
    const auto against = train(pair(), settings)->model();
    EXPECT_EQ(against.info.restorer, kind + "-gan");
    EXPECT_EQ(against.info.note, "");
    EXPECT_EQ(against.info.shape, alone.info.shape);
    EXPECT_FALSE(same_weights(against, alone)) << kind;
    settings.gan_lambda = 0;  // the discriminator is not heard, and the mean squared error was lowered before
    EXPECT_TRUE(same_weights(train(pair(), settings)->model(), alone)) << kind;
    EXPECT_NE(make_restorer(against), nullptr);
  }
}

TEST(Train, RemembersWhereTheModelCameFrom) {
  auto settings = few_steps("residual", 12);
  settings.seed = 42;
  settings.threads = 1;
  const auto info = train(pair(), settings)->info();
  EXPECT_EQ(info.restorer, "residual");
  EXPECT_EQ(info.seed, 42u);
  EXPECT_EQ(info.steps, 12);
  EXPECT_EQ(info.planned_steps, 12);
  EXPECT_EQ(info.threads, 1);
  EXPECT_EQ(info.channels, 1);
  EXPECT_EQ(info.pair_hash, pair_hash(pair()));
  EXPECT_GT(info.receptive_field, 1);
  EXPECT_GT(info.train_seconds, 0);
  EXPECT_EQ(info.augment, "none");
  EXPECT_THAT(info.settings, testing::HasSubstr("restorer=residual "));
  EXPECT_THAT(info.settings, testing::HasSubstr(" seed=42"));
  EXPECT_THAT(info.versions, testing::StartsWith("firstframe "));
  ASSERT_TRUE(info.held_out_psnr && info.held_out_degraded_psnr);
}

TEST(Train, MeasuresNothingWhenNothingIsHeldOut) {
  for (const std::string kind : {"linear", "residual"}) {
    auto settings = few_steps(kind);
    settings.held_out = 0;
    const auto info = train(pair(), settings)->info();
    EXPECT_EQ(info.held_out_psnr, std::nullopt) << kind;
    EXPECT_EQ(info.held_out_degraded_psnr, std::nullopt) << kind;
  }
}

TEST(Train, KeepsTheBorderItIsGiven) {
  auto settings = few_steps("linear");
  settings.border = Border::replicate;
  EXPECT_EQ(train(pair(), settings)->info().border, Border::replicate);
}

TEST(Train, FitsALinearRestorerInNoTime) {
  TrainSettings settings;
  settings.restorer = "linear";
  settings.seconds = 0;
  EXPECT_EQ(train(pair(), settings)->info().steps, 0);
}

TEST(Train, ServesTheSmallestPair) {
  for (const std::string kind : kRestorers)
    EXPECT_NO_THROW(train(scene_pair({16, 16}), few_steps(kind))) << kind;
}

TEST(Train, TellsHowFarItIs) {
  std::vector<TrainingProgress> reports;
  train(pair(), few_steps("residual", 15), [&](const TrainingProgress& now) { reports.push_back(now); });
  ASSERT_GE(reports.size(), 2u);
  for (std::size_t i = 1; i < reports.size(); ++i) {
    EXPECT_GT(reports[i].step, reports[i - 1].step);
    EXPECT_GE(reports[i].seconds, reports[i - 1].seconds);
    EXPECT_GT(reports[i].loss, 0);
  }
  EXPECT_EQ(reports.back().step, 15);
  EXPECT_EQ(reports.back().planned_steps, 15);
  EXPECT_EQ(reports.back().seconds_left, 0);
  EXPECT_TRUE(reports.back().held_out_psnr.has_value());
}

TEST(Train, StopsSoonAfterItIsAsked) {
  for (const std::string kind : {"residual", "unet", "rnn", "rnn-gan"}) {
    TrainSettings settings = few_steps(kind, 1'000'000);
    std::stop_source source;
    std::chrono::steady_clock::time_point asked;
    const auto ask = [&](const TrainingProgress&) {
      asked = std::chrono::steady_clock::now();
      source.request_stop();
    };
    EXPECT_EQ(message_of<Cancelled>([&] { train(pair(), settings, ask, source.get_token()); }),
              "training: stopped");
    EXPECT_LT(seconds_since(asked), 1) << kind;
  }
}

TEST(Train, PassesOnWhatTheProgressFunctionThrows) {
  const auto fail = [](const TrainingProgress&) { throw OutputError("the pipe is closed"); };
  EXPECT_EQ(message_of<OutputError>([&] { train(pair(), few_steps("residual"), fail); }),
            "the pipe is closed");
}

TEST(Train, EndsWithinItsTime) {
  auto settings = few_steps("residual", 0);
  settings.seconds = 3;
  const auto start = std::chrono::steady_clock::now();
  const auto info = train(pair(), settings)->info();
  EXPECT_LT(seconds_since(start), 4.5);
  EXPECT_GT(info.train_seconds, 1.5);
  EXPECT_GE(info.planned_steps, info.steps);
}

TEST(Train, ByTimeIsRepeatedWithThePlannedStepsOfItsModel) {
  auto settings = few_steps("residual", 0);
  settings.seconds = 2;
  const auto by_time = train(pair(), settings)->model();
  if (by_time.info.steps < by_time.info.planned_steps)
    GTEST_SKIP() << "the machine was busy and the time over first";
  settings.steps = by_time.info.planned_steps;
  EXPECT_TRUE(same_weights(train(pair(), settings)->model(), by_time));
}

// bf16 keeps 8 bits of a weight's 24: a model that had gone through it would have none of the others.
TEST(Train, KeepsFloat32WeightsWhateverItComputesIn) {
  auto settings = few_steps("residual", 5);
  settings.precision = Precision::bf16;
  const auto model = train(many_channel_pair(1, {64, 120}), settings)->model();
  std::size_t finer = 0;
  for (const auto& weight : model.weights)
    for (const float value : weight.values) finer += (std::bit_cast<std::uint32_t>(value) & 0xffffu) != 0;
  EXPECT_GT(finer, 1000u);
}

}  // namespace
}  // namespace firstframe
