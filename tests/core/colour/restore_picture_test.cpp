#include "core/colour/restore_picture.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"
#include "core/tiling/restore_tiled.h"
#include "tests/core/support/box_restorer.h"
#include "tests/core/support/sections.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

Section restored_picture(const Restorer& restorer, const Section& degraded, ChannelPolicy policy) {
  Section restored(degraded.type(), degraded.channels(), degraded.extent());
  restored.set_range(degraded.range());
  restore_picture(restorer, degraded.view(), restored.span(), policy, {});
  return restored;
}

// To Y, Cb, Cr; Y restored; back to R, G, B (full-range BT.601), without rounding.
std::vector<double> through_ycbcr(const Restorer& restorer, const Section& rgb) {
  const auto area = rgb.extent().area();
  const auto values = values_of(rgb);
  Section y(SampleType::float32, 1, rgb.extent());
  std::vector<double> cb, cr;
  for (std::int64_t i = 0; i < area; ++i) {
    const double r = values[i], g = values[area + i], b = values[2 * area + i];
    const double luma = 0.299 * r + 0.587 * g + 0.114 * b;
    y.samples<float>()[i] = static_cast<float>(luma);
    cb.push_back((b - luma) / 1.772);
    cr.push_back((r - luma) / 1.402);
  }
  const auto after = restore(restorer, y.view());
  std::vector<double> result(static_cast<std::size_t>(3 * area));
  for (std::int64_t i = 0; i < area; ++i) {
    const double luma = after.samples<float>()[i];
    result[i] = luma + 1.402 * cr[i];
    result[2 * area + i] = luma + 1.772 * cb[i];
    result[area + i] = (luma - 0.299 * result[i] - 0.114 * result[2 * area + i]) / 0.587;
  }
  return result;
}

TEST(RestorePicture, ChangesTheLumaAsAYCbCrRoundTripWould) {
  const BoxRestorer box(/*reach=*/2, /*side=*/16);
  const auto rgb = scramble(SampleType::float32, 3, {21, 34});
  const auto expected = through_ycbcr(box, rgb);
  const auto restored = values_of(restored_picture(box, rgb, ChannelPolicy::luma));
  for (std::size_t i = 0; i < expected.size(); ++i) ASSERT_NEAR(restored[i], expected[i], 1e-6) << i;
}

TEST(RestorePicture, ChangesTheLumaOf8BitsToTheNearestStep) {
  const BoxRestorer box(/*reach=*/1, /*side=*/16);
  const auto rgb = scramble(SampleType::uint8, 3, {9, 14});
  const auto expected = through_ycbcr(box, rgb);
  const auto restored = restored_picture(box, rgb, ChannelPolicy::luma);
  for (std::size_t i = 0; i < expected.size(); ++i)
    ASSERT_NEAR(restored.samples<std::uint8_t>()[i], std::clamp(255 * expected[i], 0.0, 255.0), 0.501) << i;
}

TEST(RestorePicture, RestoresEachChannelByItselfWhenAllAreAskedFor) {
  const BoxRestorer box(/*reach=*/2, /*side=*/16);
  const auto rgb = scramble(SampleType::uint8, 3, {21, 34});
  const auto restored = restored_picture(box, rgb, ChannelPolicy::all);
  for (std::int64_t channel = 0; channel < 3; ++channel)
    EXPECT_TRUE(same_bytes(Section(restored.view().channel(channel)),
                           restore(box, Section(rgb.view().channel(channel)).view())));
}

TEST(RestorePicture, AppliesAModelOfAsManyChannelsDirectly) {
  const BoxRestorer box(/*reach=*/1, /*side=*/16, /*multiple=*/1, /*channels=*/3);
  const auto rgb = scramble(SampleType::uint16, 3, {9, 14});
  EXPECT_TRUE(same_bytes(restored_picture(box, rgb, ChannelPolicy::luma), restore(box, rgb.view())));
}

TEST(RestorePicture, RestoresAGreyPictureUnderEitherPolicy) {
  const BoxRestorer box(/*reach=*/1, /*side=*/16);
  const auto grey = scramble(SampleType::uint8, 1, {9, 14});
  for (const auto policy : {ChannelPolicy::luma, ChannelPolicy::all})
    EXPECT_TRUE(same_bytes(restored_picture(box, grey, policy), restore(box, grey.view())));
}

TEST(RestorePicture, PassesColoursThroughBitForBitWhenNothingIsChanged) {
  const auto rgb = scramble(SampleType::uint16, 3, {64, 64});
  for (const auto policy : {ChannelPolicy::luma, ChannelPolicy::all})
    EXPECT_TRUE(same_bytes(restored_picture(BoxRestorer(0, 16), rgb, policy), rgb)) << name_of(policy);
}

TEST(RestorePicture, RefusesChannelsThatItCannotTurnIntoTheModels) {
  const auto two = scramble(SampleType::uint8, 2, {9, 14});
  EXPECT_EQ(message_of<FormatError>([&] { restored_picture(BoxRestorer(1, 16), two, ChannelPolicy::all); }),
            "restore: the model was trained on 1-channel frames, this one has 2; convert it or retrain");
}

TEST(ChannelPolicy, IsFoundByItsName) {
  for (const auto policy : {ChannelPolicy::luma, ChannelPolicy::all})
    EXPECT_EQ(channel_policy_named(name_of(policy)), policy);
  EXPECT_EQ(channel_policy_named("chroma"), std::nullopt);
}

}  // namespace
}  // namespace firstframe
