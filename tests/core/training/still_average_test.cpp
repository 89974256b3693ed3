#include "core/training/still_average.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/metrics/psnr.h"
#include "tests/core/support/camera.h"
#include "tests/support/messages.h"
#include "tests/support/scenes.h"

namespace firstframe {
namespace {

constexpr Extent kFrame = Camera::kFrame;

std::string refusal_of(StillAverage& average, const Section& frame) {
  return message_of<FormatError>([&] { average.add(frame.view()); });
}

TEST(StillAverage, IsCleanerThanAFrameByTheSquareRootOfTheirNumber) {
  Camera camera(20);
  StillAverage average(17);
  while (!average.is_complete()) average.add(camera.shoot().view());
  const auto pair = average.pair();
  const auto truth = camera.see();
  EXPECT_NEAR(psnr(pair.clean.view(), truth.view()) - psnr(pair.degraded.view(), truth.view()), 12, 0.5);
}

TEST(StillAverage, DoesNotTeachTheNoiseOfTheFirstFrame) {
  Camera camera(20);
  const auto first = camera.shoot();
  StillAverage average(2);
  average.add(first.view());
  const auto second = camera.shoot();
  average.add(second.view());
  const auto pair = average.pair();
  for (std::int64_t p = 0; p < kFrame.area(); ++p)
    ASSERT_EQ(pair.clean.samples<float>()[p], second.samples<float>()[p]);  // the second alone
  EXPECT_EQ(pair.degraded.samples<float>()[77], first.samples<float>()[77]);
}

TEST(StillAverage, MovesFramesBackThatShook) {
  Camera camera(5);
  StillAverage average(9);
  average.add(camera.shoot().view());
  Section plain(SampleType::float32, 1, kFrame);
  for (int i = 1; i < 9; ++i) {
    const auto frame = camera.shoot(i % 2 ? 0.25 : -0.25, i % 3 ? 0.25 : -0.25);
    average.add(frame.view());
    for (std::int64_t p = 0; p < kFrame.area(); ++p)
      plain.samples<float>()[p] += frame.samples<float>()[p] / 8;
  }
  const auto truth = camera.see();
  EXPECT_NEAR(average.largest_shift(), 0.35, 0.05);
  EXPECT_GT(psnr(average.pair().clean.view(), truth.view()), psnr(plain.view(), truth.view()) + 1);
}

TEST(StillAverage, RefusesAPanAndSaysHowFarItWent) {
  Camera camera(10);
  StillAverage average(30);
  average.add(camera.shoot().view());
  average.add(camera.shoot(0.25, 0.25).view());
  const auto refusal = refusal_of(average, camera.shoot(1.25, 1.5));
  EXPECT_THAT(refusal, testing::HasSubstr("frame 3 has moved by "));
  const auto at = refusal.find("moved by ") + 9;
  EXPECT_NEAR(std::stod(refusal.substr(at)), 1.95, 0.1) << refusal;
}

TEST(StillAverage, RefusesAQuickPan) {
  Camera camera(10);
  StillAverage average(30);
  average.add(camera.shoot().view());
  const auto refusal = refusal_of(average, camera.shoot(-6, 11));
  EXPECT_THAT(refusal, testing::HasSubstr("has moved by 12.")) << refusal;
}

TEST(StillAverage, RefusesFramesOfAnotherScene) {
  Camera camera(10);
  StillAverage average(30);
  average.add(camera.shoot().view());
  EXPECT_THAT(refusal_of(average, scene(kFrame, SampleType::float32, 7)),
              testing::HasSubstr("clean-average: "));
}

TEST(StillAverage, RefusesAThingThatMovesInFrontOfAStillScene) {
  Camera camera(15);
  StillAverage average(30);
  average.add(camera.shoot().view());
  auto frame = camera.shoot();
  for (std::int64_t r = 40; r < 56; ++r)
    for (std::int64_t c = 64; c < 80; ++c) frame.samples<float>()[r * kFrame.cols + c] += 0.3f;
  const auto refusal = refusal_of(average, frame);
  EXPECT_THAT(refusal, testing::HasSubstr("something moved around row ")) << refusal;
}

TEST(StillAverage, RefusesASceneThatFades) {
  Camera camera(10);
  StillAverage average(30);
  std::string refusal;
  for (int i = 0; i < 30 && refusal.empty(); ++i) {
    auto frame = camera.shoot();
    for (std::int64_t p = 0; p < kFrame.area(); ++p)
      frame.samples<float>()[p] *= 1 - 0.01f * static_cast<float>(i);
    refusal = refusal_of(average, frame);
  }
  EXPECT_THAT(refusal, testing::HasSubstr("does not stand still"));
}

TEST(StillAverage, AcceptsNoiseThatFollowsTheBrightness) {
  Camera camera(0);
  StillAverage average(20);
  std::mt19937 generator(3);
  std::normal_distribution<float> normal;
  while (!average.is_complete()) {
    auto frame = camera.see();
    for (std::int64_t p = 0; p < kFrame.area(); ++p) {
      auto& value = frame.samples<float>()[p];
      value += 0.25f * value * normal(generator);
    }
    average.add(frame.view());
  }
  EXPECT_EQ(average.largest_shift(), 0) << "noise was taken for motion";
}

TEST(StillAverage, RefusesFramesOfAnotherSize) {
  StillAverage average(3);
  average.add(scene({48, 64}).view());
  EXPECT_EQ(refusal_of(average, scene({48, 65})),
            "clean-average: a frame is 48 x 65, uint8, the first was 48 x 64, uint8");
  EXPECT_THAT(message_of<FormatError>([] {
                StillAverage(3).add(scene({20, 64}).view());
              }),
              testing::HasSubstr("20 x 64"));
}

}  // namespace
}  // namespace firstframe
