#include "core/colour/luma.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "tests/core/support/sections.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

TEST(Luma, WeighsRedGreenAndBlueAsBt601) {
  Section rgb(SampleType::uint8, 3, {1, 4});  // red, green, blue, white
  auto* values = rgb.samples<std::uint8_t>();
  values[0] = values[4 + 1] = values[8 + 2] = 255;
  values[3] = values[4 + 3] = values[8 + 3] = 255;
  const auto luma = luma_of(rgb.view());
  EXPECT_EQ(luma.type(), SampleType::float32);
  EXPECT_EQ(luma.range(), (ValueRange{0, 255}));
  const float expected[] = {76.245f, 149.685f, 29.07f, 255};
  for (int i = 0; i < 4; ++i) EXPECT_NEAR(luma.samples<float>()[i], expected[i], 1e-3);
}

TEST(Luma, OfEqualChannelsIsThatChannel) {
  Section grey(SampleType::uint16, 3, {1, 2});
  grey.set_range({100, 4095});
  for (int i = 0; i < 6; ++i) grey.samples<std::uint16_t>()[i] = i % 2 == 0 ? 100 : 3000;
  const auto luma = luma_of(grey.view());
  EXPECT_NEAR(luma.samples<float>()[0], 100, 1e-2);
  EXPECT_NEAR(luma.samples<float>()[1], 3000, 1e-2);
  EXPECT_EQ(luma.range(), grey.range());
}

TEST(Luma, RefusesAnythingButThreeChannels) {
  const auto grey = ramp(SampleType::uint8, 1, {2, 2});
  EXPECT_EQ(message_of<FormatError>([&] { luma_of(grey.view()); }),
            "luma: 3 channels (R, G, B) are needed, this picture has 1");
  const auto four = ramp(SampleType::uint8, 4, {2, 2});
  EXPECT_EQ(message_of<FormatError>([&] { luma_or_grey(four.view()); }),
            "luma: 3 channels (R, G, B) are needed, this picture has 4");
}

TEST(Luma, OfAGreySectionIsTheSectionItself) {
  const auto grey = ramp(SampleType::uint16, 1, {3, 4});
  EXPECT_TRUE(same_bytes(luma_or_grey(grey.view()), grey));
}

}  // namespace
}  // namespace firstframe
