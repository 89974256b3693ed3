#include "core/degradation/degrade.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/degradation/blur.h"
#include "core/degradation/noise.h"
#include "tests/core/support/sections.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

TEST(Degrade, LeavesASectionAloneByDefault) {
  const auto clean = ramp(SampleType::uint16, 3, {7, 9});
  const auto same = degrade(clean.view(), {});
  EXPECT_EQ(same.type(), SampleType::float32);
  EXPECT_EQ(values_of(same), values_of(clean));
}

TEST(Degrade, BlursThenDownscalesThenAddsNoise) {
  const auto clean = scramble(SampleType::uint8, 1, {12, 15});
  const Degradation all{.blur_sigma = 1.2,
                        .blur_size = 5,
                        .border = Border::circular,
                        .downscale = 3,
                        .phase = 1,
                        .noise_sigma = 10,
                        .seed = 9};
  Section blurred = converted(clean.view(), SampleType::float32);
  blur(blurred, gaussian_kernel(1.2, 5), Border::circular);
  Section expected(SampleType::float32, 1, {4, 5});
  for (int r = 0; r < 4; ++r)
    for (int c = 0; c < 5; ++c)
      expected.samples<float>()[r * 5 + c] = blurred.samples<float>()[(3 * r + 1) * 15 + 3 * c + 1];
  add_gaussian_noise(expected, 10.0 / 255, 9);
  EXPECT_TRUE(same_bytes(degrade(clean.view(), all), expected));
}

TEST(Degrade, AddsNoiseOfTheKindAskedFor) {
  const auto clean = scramble(SampleType::uint8, 1, {12, 15});
  for (const auto kind : {NoiseKind::poisson, NoiseKind::speckle}) {
    Section expected = converted(clean.view(), SampleType::float32);
    add_noise(expected, kind, 10.0 / 255, 9);
    EXPECT_TRUE(same_bytes(degrade(clean.view(), {.noise_sigma = 10, .noise_kind = kind, .seed = 9}), expected));
  }
}

// The same room serves frames of other sizes, and a frame may be degraded where it lies.
TEST(DegradeInto, GivesWhatDegradeGivesRoundedToTheType) {
  const Degradation some{.blur_sigma = 1.2, .blur_size = 9, .noise_sigma = 10};
  DegradeRoom room;
  for (const auto type : {SampleType::uint8, SampleType::uint16})
    for (const Extent extent : {Extent{12, 15}, {20, 9}}) {
      auto section = scramble(type, 2, extent);
      const auto expected = converted(degrade(section.view(), some).view(), type);
      degrade_into(section.view(), some, section.span(), room);
      EXPECT_TRUE(same_bytes(section, expected)) << name_of(type) << " " << name_of(extent);
    }
}

TEST(DegradeInto, NamesTheSizeThatDoesNotFit) {
  auto section = ramp(SampleType::uint8, 1, {8, 10});
  DegradeRoom room;
  EXPECT_EQ(message_of<ArgumentError>([&] { degrade_into(section.view(), {.downscale = 2}, section.span(), room); }),
            "degrade: 1 channels of 4 x 5 do not fit into 1 of 8 x 10");
}

TEST(Degrade, KeepsEveryNthPixelFromThePhaseOn) {
  const auto clean = ramp(SampleType::uint8, 2, {5, 7});
  for (const std::int64_t phase : {0, 1, 2}) {
    const auto small = degrade(clean.view(), {.downscale = 3, .phase = phase});
    ASSERT_EQ(small.extent(), (Extent{(5 - phase + 2) / 3, (7 - phase + 2) / 3})) << phase;
    const auto values = values_of(small);
    EXPECT_NEAR(values[0] * 255, phase * 7 + phase, 1e-4);
    EXPECT_NEAR(values[1] * 255, phase * 7 + phase + 3, 1e-4);
    EXPECT_NEAR(values[small.extent().area()] * 255, 35 + phase * 7 + phase, 1e-4);  // the second channel
  }
}

TEST(Degrade, NamesWhatItRefuses) {
  const auto clean = ramp(SampleType::uint8, 1, {2, 9});
  EXPECT_EQ(message_of<ArgumentError>([&] { degrade(clean.view(), {.blur_sigma = -1}); }),
            "degrade: blur sigma -1 and noise sigma 0 must not be negative");
  EXPECT_EQ(
      message_of<ArgumentError>([&] { degrade(clean.view(), {.downscale = 0}); }),
      "degrade: downscale 0 with phase 0 is not accepted; use a factor of 1 or more and a phase below it");
  EXPECT_EQ(
      message_of<ArgumentError>([&] { degrade(clean.view(), {.downscale = 3, .phase = 3}); }),
      "degrade: downscale 3 with phase 3 is not accepted; use a factor of 1 or more and a phase below it");
  EXPECT_EQ(message_of<ArgumentError>([&] { degrade(clean.view(), {.downscale = 4, .phase = 2}); }),
            "degrade: phase 2 leaves nothing of a 2 x 9 picture");
}

TEST(Converted, GoesFrom8To16BitsAndBackUnchanged) {
  const auto section = ramp(SampleType::uint8, 1, {16, 16});
  const auto wide = converted(section.view(), SampleType::uint16);
  EXPECT_EQ(wide.samples<std::uint16_t>()[255], 65535);
  EXPECT_TRUE(same_bytes(converted(wide.view(), SampleType::uint8), section));
}

TEST(Converted, StretchesA12BitRangeToTheFullOne) {
  Section section(SampleType::uint16, 1, {1, 2});
  section.set_range({0, 4095});
  section.samples<std::uint16_t>()[1] = 4095;
  EXPECT_EQ(converted(section.view(), SampleType::uint8).samples<std::uint8_t>()[1], 255);
}

}  // namespace
}  // namespace firstframe
