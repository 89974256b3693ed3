#include "core/registration/repeat_average.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tbb/task_arena.h>

#include <limits>

#include "core/base/error.h"
#include "core/metrics/psnr.h"
#include "tests/core/support/camera.h"
#include "tests/core/support/sections.h"
#include "tests/core/support/three_workers.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

using testing::HasSubstr;

constexpr Extent kFrame = Camera::kFrame;

void add(RepeatAverage& average, const Section& section) {
  average.add(section.view(), "repeat " + std::to_string(average.count()));
}

std::string refusal_of(const RepeatAverage& average, const AverageSettings& settings = {}) {
  return message_of<FormatError>([&] { average.average(settings); });
}

double psnr_inside(const Section& mean, const Section& truth, const Region& region) {
  return psnr(mean.view().crop(region), truth.view().crop(region));
}

TEST(RepeatAverage, IsCleanerThanARepeatByTheSquareRootOfTheirNumber) {
  Camera camera(20);
  RepeatAverage average;
  for (int i = 0; i < 16; ++i) add(average, camera.shoot());
  const auto result = average.average({});
  EXPECT_NEAR(
      psnr(result.mean.view(), camera.see().view()) - psnr(camera.shoot().view(), camera.see().view()), 12,
      0.5);
  EXPECT_EQ(result.valid, (Region{0, 0, kFrame.rows, kFrame.cols})) << "noise was taken for motion";
  EXPECT_EQ(result.averaged, 16);
}

TEST(RepeatAverage, OfStillRepeatsIsTheirPlainMean) {
  Camera camera(10);
  RepeatAverage average;
  std::vector<Section> all;
  for (int i = 0; i < 3; ++i) add(average, all.emplace_back(camera.shoot()));
  const auto mean = average.average({}).mean;
  for (const std::int64_t p : {0, 77, 5000, 12287}) {
    double sum = 0;
    for (const auto& one : all) sum += one.samples<float>()[p];
    EXPECT_NEAR(mean.samples<float>()[p], sum / 3, 1e-6);
  }
}

TEST(RepeatAverage, FindsShiftsToPartsOfAPixelAndMovesThemBack) {
  Camera camera(8);
  RepeatAverage average;
  const double shifts[][2] = {{0, 0}, {1.25, -2.5}, {-3.75, 0.5}, {0.5, 4.25}, {6, -5}};
  for (const auto& [down, across] : shifts) add(average, camera.shoot(down, across));
  const auto result = average.average({});
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_NEAR(result.repeats[i].motion.down, shifts[i][0], 0.1) << i;
    EXPECT_NEAR(result.repeats[i].motion.across, shifts[i][1], 0.1) << i;
  }
  EXPECT_NEAR(static_cast<double>(result.valid.row), 4, 1);
  EXPECT_NEAR(static_cast<double>(result.valid.rows), kFrame.rows - 10, 2);
  EXPECT_GT(psnr_inside(result.mean, camera.see(), result.valid),
            psnr_inside(camera.shoot(), camera.see(), result.valid) + 5);
}

TEST(RepeatAverage, LiesOnTheReferenceThatWasChosen) {
  Camera camera(5);
  RepeatAverage average;
  add(average, camera.shoot());
  add(average, camera.shoot(3, 0));
  add(average, camera.shoot(3, 0));
  const auto result = average.average({.reference = 1});
  EXPECT_NEAR(result.repeats[0].motion.down, -3, 0.1);
  EXPECT_GT(psnr_inside(result.mean, camera.see(3, 0), result.valid), 34);
}

TEST(RepeatAverage, LeavesARepeatOfAnotherSceneOutAndNamesIt) {
  Camera camera(10);
  RepeatAverage average;
  for (int i = 0; i < 4; ++i) add(average, camera.shoot());
  add(average, scene(kFrame, SampleType::float32, 7));
  const auto result = average.average({});
  EXPECT_EQ(result.averaged, 4);
  EXPECT_FALSE(result.repeats[4].is_used);
  EXPECT_THAT(result.repeats[4].why_not,
              testing::AnyOf(HasSubstr("differs from the others"), HasSubstr("moved by")));
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(result.repeats[i].is_used) << i;
}

TEST(RepeatAverage, LeavesABlinkOut) {
  Camera camera(10);
  RepeatAverage average;
  add(average, camera.shoot());
  add(average, camera.shoot());
  Section dark(SampleType::float32, 1, kFrame);
  Degradation noise;
  noise.noise_sigma = 10;
  add(average, degrade(dark.view(), noise));
  add(average, camera.shoot());
  const auto result = average.average({});
  EXPECT_FALSE(result.repeats[2].is_used);
  EXPECT_EQ(result.averaged, 3);
}

TEST(RepeatAverage, CountsAThingThatPassedLessWhereItWas) {
  Camera camera(10);
  RepeatAverage average;
  for (int i = 0; i < 4; ++i) add(average, camera.shoot());
  auto passing = camera.shoot();
  for (std::int64_t r = 40; r < 56; ++r)
    for (std::int64_t c = 64; c < 80; ++c) passing.samples<float>()[r * kFrame.cols + c] += 0.35f;
  add(average, passing);
  const auto result = average.average({});
  ASSERT_TRUE(result.repeats[4].is_used) << result.repeats[4].why_not;
  EXPECT_GT(result.repeats[4].part_weakened, 0.01);
  const Region there{42, 66, 12, 12};
  double error = 0;
  const auto mean = result.mean, truth = camera.see();
  for (std::int64_t r = there.row; r < there.row + there.rows; ++r)
    for (std::int64_t c = there.col; c < there.col + there.cols; ++c)
      error +=
          (mean.samples<float>()[r * kFrame.cols + c] - truth.samples<float>()[r * kFrame.cols + c]) / 144;
  EXPECT_LT(error, 0.02) << "a plain mean shows 0.07";
}

TEST(RepeatAverage, LeavesTheReferenceOutOfTheMeanWhenAsked) {
  Camera camera(10);
  RepeatAverage average;
  const auto first = camera.shoot(), second = camera.shoot();
  add(average, first);
  add(average, second);
  const auto result = average.average({.reference = 0, .includes_reference = false});
  EXPECT_EQ(result.averaged, 1);
  EXPECT_EQ(result.mean.samples<float>()[777], second.samples<float>()[777]);
}

TEST(RepeatAverage, AveragesTheChannelsOfColourByTheirLumasMotion) {
  Camera camera(5);
  RepeatAverage average;
  for (const double down : {0.0, 2.0, -1.0}) {
    const auto grey = camera.shoot(down, 0);
    Section colour(SampleType::float32, 3, kFrame);
    for (std::int64_t p = 0; p < 3 * kFrame.area(); ++p)
      colour.samples<float>()[p] =
          grey.samples<float>()[p % kFrame.area()] / static_cast<float>(1 + p / kFrame.area());
    add(average, colour);
  }
  const auto result = average.average({});
  EXPECT_EQ(result.mean.channels(), 3);
  EXPECT_NEAR(result.repeats[1].motion.down, 2, 0.1);
  EXPECT_NEAR(result.mean.samples<float>()[5000] / 2, result.mean.samples<float>()[kFrame.area() + 5000],
              1e-4);
}

TEST(RepeatAverage, GivesTheSameBytesForAnyNumberOfThreads) {
  Camera camera(15);
  RepeatAverage average;
  for (int i = 0; i < 5; ++i) add(average, camera.shoot(0.5 * i, -0.25 * i));
  const auto of_all = average.average({});
  AveragedRepeats of_one;
  tbb::task_arena(1).execute([&] { of_one = average.average({}); });
  EXPECT_TRUE(same_bytes(of_all.mean, of_one.mean));
}

TEST(RepeatAverage, RefusesAReferenceThatIsUnlikeTheOthers) {
  Camera camera(10);
  RepeatAverage average;
  Section dark(SampleType::float32, 1, kFrame);
  Degradation noise;
  noise.noise_sigma = 10;
  add(average, degrade(dark.view(), noise));
  for (int i = 0; i < 4; ++i) add(average, camera.shoot());
  const auto refusal = refusal_of(average);
  EXPECT_THAT(refusal, HasSubstr("the reference, repeat 0, differs from the others")) << refusal;
  EXPECT_THAT(refusal, HasSubstr("choose another repeat as the reference"));
}

TEST(RepeatAverage, RefusesFramesWithNothingInCommon) {
  Degradation noise;
  noise.noise_sigma = 60;
  RepeatAverage average;
  auto grey = Section(SampleType::float32, 1, kFrame);
  for (std::int64_t p = 0; p < kFrame.area(); ++p) grey.samples<float>()[p] = 0.5f;
  for (noise.seed = 1; noise.seed < 3; ++noise.seed) add(average, degrade(grey.view(), noise));
  EXPECT_THAT(refusal_of(average), HasSubstr("has nothing in common with the others"));
}

TEST(RepeatAverage, RefusesOneFrameAndNone) {
  RepeatAverage average;
  EXPECT_EQ(refusal_of(average), "average: no frame came; at least two repeats of one scene are needed");
  add(average, Camera(5).shoot());
  EXPECT_EQ(refusal_of(average),
            "average: repeat 0 is one frame; at least two repeats of one scene are needed");
}

TEST(RepeatAverage, RefusesRepeatsThatAreNotAlike) {
  RepeatAverage average;
  add(average, scene({48, 64}));
  const auto refusal = [&](const Section& section) {
    return message_of<FormatError>([&] { average.add(section.view(), "b"); });
  };
  EXPECT_EQ(refusal(scene({48, 65})),
            "average: b is 48 x 65, uint8, 1 channel; the first, repeat 0, is 48 x 64, uint8, 1; repeats "
            "must be alike");
  EXPECT_THAT(refusal(scene({48, 64}, SampleType::uint16)), HasSubstr("uint16"));
  EXPECT_THAT(refusal(scene({20, 64})), HasSubstr("at least 24 x 24"));
}

TEST(RepeatAverage, RefusesValuesThatAreNotFinite) {
  auto bad = scene({48, 64}, SampleType::float32);
  bad.samples<float>()[64 * 3 + 5] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THAT(message_of<FormatError>([&] { RepeatAverage().add(bad.view(), "a"); }),
              HasSubstr("row 3, column 5"));
}

TEST(RepeatAverage, RefusesAReferenceThatIsNotThere) {
  RepeatAverage average;
  add(average, scene({48, 64}));
  add(average, scene({48, 64}));
  EXPECT_EQ(message_of<ArgumentError>([&] { average.average({.reference = 2}); }),
            "average: there is no repeat 2 for a reference; use 0..1");
}

TEST(RepeatAverage, StopsWhenAsked) {
  Camera camera(5);
  RepeatAverage average;
  for (int i = 0; i < 3; ++i) add(average, camera.shoot());
  std::stop_source stop;
  EXPECT_THROW(average.average(
                   {},
                   [&](std::int64_t done, std::int64_t) {
                     if (done == 2) stop.request_stop();
                   },
                   stop.get_token()),
               Cancelled);
}

}  // namespace
}  // namespace firstframe
