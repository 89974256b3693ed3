#include "core/training/pair.h"

#include <gtest/gtest.h>

#include <limits>

#include "core/base/error.h"
#include "core/degradation/degrade.h"
#include "tests/core/support/sections.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

TrainingPair good_pair(SampleType type = SampleType::uint8) {
  auto degraded = scramble(SampleType::float32, 1, {16, 20});
  const auto clean = degraded;
  for (int i = 0; i < 320; i += 3) degraded.samples<float>()[i] = 0.5f;
  return {converted(degraded.view(), type), converted(clean.view(), type)};
}

std::string refusal(const TrainingPair& pair) {
  return message_of<FormatError>([&] { check_pair(pair); });
}

Section constant(float value) {
  Section section(SampleType::float32, 1, {16, 20});
  std::fill_n(section.samples<float>(), 320, value);
  return section;
}

TEST(CheckPair, AcceptsAPairOfEachType) {
  for (const auto type : {SampleType::uint8, SampleType::uint16, SampleType::float32})
    EXPECT_NO_THROW(check_pair(good_pair(type))) << name_of(type);
}

TEST(CheckPair, AcceptsAnIntegerSectionWithAFloatOne) {
  EXPECT_NO_THROW(check_pair(
      {good_pair(SampleType::uint16).degraded, good_pair(SampleType::float32).clean}));
}

TEST(CheckPair, AcceptsNoiseThatOvershootsTheRange) {
  auto pair = good_pair(SampleType::float32);
  pair.degraded.samples<float>()[3] = 1.8f;
  pair.degraded.samples<float>()[4] = -0.8f;
  EXPECT_NO_THROW(check_pair(pair));
}

TEST(CheckPair, RefusesAPairWithoutPixels) {
  EXPECT_EQ(refusal({Section(), good_pair().clean}), "training pair: a section without pixels was given");
}

TEST(CheckPair, RefusesDifferentSizes) {
  EXPECT_EQ(refusal({good_pair().degraded, scramble(SampleType::uint8, 1, {20, 16})}),
            "training pair: degraded is 16 x 20, clean is 20 x 16; both must show the same section, the clean one at the "
            "same size or 2 to 4 times larger");
}

TEST(CheckPair, AcceptsACleanSectionTwoToFourTimesAsLarge) {
  for (const std::int64_t scale : {2, 3, 4})
    EXPECT_NO_THROW(check_pair(
        {good_pair().degraded, scramble(SampleType::uint8, 1, {16 * scale, 20 * scale}, 2)}))
        << scale;
}

TEST(ScaleOf, IsFoundFromTheExtents) {
  EXPECT_EQ(scale_of({97, 131}, {97, 131}), 1);
  EXPECT_EQ(scale_of({64, 64}, {128, 128}), 2);
  EXPECT_EQ(scale_of({33, 44}, {97, 131}), 3);  // every third from 0 on
  EXPECT_EQ(scale_of({32, 43}, {97, 131}), 3);  // every third from 2 on
  EXPECT_EQ(scale_of({24, 33}, {97, 131}), 4);
}

TEST(ScaleOf, RefusesExtentsOfTwoScales) {
  for (const Extent clean : {Extent{128, 192}, Extent{63, 64}, Extent{320, 320}, Extent{32, 32}})
    EXPECT_NE(message_of<FormatError>([&] { scale_of({64, 64}, clean); }), "") << clean.rows;
}

TEST(ScaleOf, TakesTheOneAskedForWhenItFits) {
  EXPECT_EQ(scale_of({5, 6}, {17, 20}, 3), 3);
  EXPECT_EQ(message_of<ArgumentError>([] { scale_of({64, 64}, {128, 128}, 3); }),
            "scale: 3 does not fit a degraded frame of 64 x 64 and a clean one of 128 x 128; use 0, or pictures of "
            "which the clean one is that many times larger");
  EXPECT_NE(message_of<ArgumentError>([] { scale_of({64, 64}, {128, 128}, 1); }), "");
  EXPECT_NE(message_of<ArgumentError>([] { scale_of({16, 16}, {80, 80}, 5); }), "");
}

TEST(CheckPair, RefusesDifferentChannels) {
  EXPECT_EQ(refusal({good_pair().degraded, scramble(SampleType::uint8, 3, {16, 20})}),
            "training pair: degraded has 1 channels, clean has 3; convert one of them");
}

TEST(CheckPair, RefusesIntegersOfDifferentDepth) {
  EXPECT_EQ(refusal({good_pair().degraded, scramble(SampleType::uint16, 1, {16, 20})}),
            "training pair: degraded is uint8, clean is uint16; save both at one depth, or the clean one as "
            "float32 in "
            "0..1");
}

TEST(CheckPair, RefusesTooFewPixels) {
  EXPECT_EQ(
      refusal({scramble(SampleType::uint8, 1, {15, 400}, 1), scramble(SampleType::uint8, 1, {15, 400}, 2)}),
      "training pair: 15 x 400 pixels are too few to learn from; use at least 16 x 16");
}

TEST(CheckPair, RefusesAConstantFrame) {
  EXPECT_EQ(refusal({good_pair(SampleType::float32).degraded, constant(0.25f)}),
            "training pair: the clean frame is constant (every pixel 0.25); nothing can be learned from it");
  EXPECT_EQ(refusal({constant(0), good_pair(SampleType::float32).clean}),
            "training pair: the degraded frame is constant (every pixel 0); nothing can be learned from it");
}

TEST(CheckPair, RefusesIdenticalFrames) {
  EXPECT_EQ(refusal({good_pair().clean, good_pair().clean}),
            "training pair: degraded and clean are identical; there is nothing to restore");
}

TEST(CheckPair, RefusesTwoScenes) {
  const auto message = refusal({scramble(SampleType::uint8, 1, {80, 90}, 1), scramble(SampleType::uint8, 1, {80, 90}, 2)});
  EXPECT_TRUE(message.starts_with("training pair: degraded and clean do not show the same scene (correlation ")) << message;
  EXPECT_TRUE(message.ends_with("shifts included; at least 0.1 is needed); give the clean counterpart of this very frame")) << message;
}

TEST(CheckPair, RefusesNanByItsPlace) {
  auto pair = good_pair(SampleType::float32);
  pair.clean.samples<float>()[5 * 20 + 6] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(refusal(pair),
            "section: the value at channel 0, row 5, column 6 is NaN or infinite; replace such values before "
            "restoring or training");
}

TEST(CheckPair, RefusesValuesFarOutsideTheirRange) {
  auto pair = good_pair(SampleType::float32);
  pair.clean.samples<float>()[7] = 254;  // 0..255 stored as float32 without saying so
  const auto message = refusal(pair);
  EXPECT_TRUE(message.starts_with("training pair: the clean frame holds values ")) << message;
  EXPECT_TRUE(message.ends_with("..254, its value range is said to be 0..1; state the range of its values"))
      << message;
  pair.clean.set_range({0, 255});
  EXPECT_EQ(refusal(pair), "");
}

}  // namespace
}  // namespace firstframe
