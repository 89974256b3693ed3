// What firstframemeasure says of one pair of frames.

#include <cmath>

#include "core/colour/luma.h"
#include "core/metrics/psnr.h"
#include "core/metrics/ssim.h"
#include "tests/elements/gst/measure_harness.h"

namespace firstframe {
namespace {

class MeasuredFrameOf : public testing::TestWithParam<std::string> {};

INSTANTIATE_TEST_SUITE_P(Format, MeasuredFrameOf, testing::ValuesIn(format_names()),
                         [](const auto& format) { return format.param; });

TEST_P(MeasuredFrameOf, HasTheLumaPsnrAndSsimOfCore) {
  const auto info = video_info_of(caps_text(GetParam()));
  const auto clean = shown(info);
  auto degraded = clean;
  for (std::int64_t row = 0; row < kFrame.rows; ++row)  // one to the right
    for (std::int64_t channel = 0; channel < clean.channels(); ++channel)
      for (std::int64_t col = 1; col < kFrame.cols; ++col)
        set_value(degraded, channel, row, col, value_at(clean, channel, row, col - 1));
  MeasureHarness harness(caps_text(GetParam()));
  harness.push_tested(degraded, 0);
  harness.push_reference(clean, 0);

  const auto restored = luma_or_grey(degraded.view()), reference = luma_or_grey(clean.view());
  const auto message = harness.message("firstframe-measure");
  EXPECT_NEAR(number_in(message, "psnr"), psnr(restored.view(), reference.view()), 1e-9);
  EXPECT_NEAR(number_in(message, "ssim"), ssim(restored.view(), reference.view()), 1e-9);
  EXPECT_EQ(number_in(message, "frame"), 0);
  EXPECT_EQ(number_in(message, "running-time"), 0);
}

TEST(MeasuredFrame, HasThePsnrOfItsDifference) {
  MeasureHarness harness;
  harness.push_tested(grey_plane(110), 0);
  harness.push_reference(grey_plane(100), 0);
  const auto message = harness.message("firstframe-measure");
  EXPECT_NEAR(number_in(message, "psnr"), 20 * std::log10(255 / 10.0), 1e-4);
  const double a = 110 / 255.0, b = 100 / 255.0, c1 = 1e-4;
  EXPECT_NEAR(number_in(message, "ssim"), (2 * a * b + c1) / (a * a + b * b + c1), 1e-5);
}

TEST(MeasuredFrame, CountsDifferencesInTheRangeOfItsCaps) {
  MeasureHarness studio(caps_text("I420"));
  studio.push_tested(grey_plane(110), 0);
  studio.push_reference(grey_plane(100), 0);
  EXPECT_NEAR(number_in(studio.message("firstframe-measure"), "psnr"), 20 * std::log10(219 / 10.0), 1e-4);
  MeasureHarness mixed(caps_text("I420"), caps_text("I420", kFrame, ",colorimetry=1:3:5:1"));
  mixed.push_tested(grey_plane(16), 0);
  mixed.push_reference(grey_plane(0), 0);
  EXPECT_EQ(number_in(mixed.message("firstframe-measure"), "ssim"), 1) << "both are black";
}

TEST(MeasuredFrame, ThatEqualsItsReferenceHasAnInfinitePsnr) {
  MeasureHarness harness;
  harness.push_tested(scene(kFrame), 0);
  harness.push_reference(scene(kFrame), 0);
  const auto message = harness.message("firstframe-measure");
  EXPECT_TRUE(std::isinf(number_in(message, "psnr")));
  EXPECT_EQ(number_in(message, "ssim"), 1);
}

TEST(MeasuredFrame, LeavesAsTheBufferThatCame) {
  MeasureHarness harness;
  auto* buffer =
      MeasureHarness::stamped(buffer_of(grey_plane(9), video_info_of(caps_text("GRAY8")), /*padding=*/5), 0);
  gst_harness_push(harness.tested(), buffer);
  harness.push_reference(grey_plane(200), 0);
  const auto out = harness.pull();
  EXPECT_EQ(out.get(), buffer);
  EXPECT_TRUE(gst_buffer_is_writable(out.get()));
}

struct Mismatch {
  const char* name;
  const char* tested;
  Extent tested_extent;
  const char* reference;
  Extent reference_extent;
  const char* said;
};

class MeasuredFramesOf : public testing::TestWithParam<Mismatch> {};

TEST_P(MeasuredFramesOf, AreRefusedNamingBoth) {
  const auto& m = GetParam();
  MeasureHarness harness(caps_text(m.tested, m.tested_extent), caps_text(m.reference, m.reference_extent));
  harness.push_tested(grey_plane(1, m.tested_extent), 0);
  harness.push_reference(grey_plane(1, m.reference_extent), 0);
  const auto error = next_complaint(harness.bus());
  EXPECT_EQ(error.domain, GST_STREAM_ERROR);
  EXPECT_EQ(error.code, GST_STREAM_ERROR_FORMAT);
  EXPECT_EQ(error.text, m.said);
  EXPECT_TRUE(harness.ends());
  EXPECT_FALSE(next_message(harness.bus(), GST_MESSAGE_ERROR, 0)) << "one failure, one error";
}

INSTANTIATE_TEST_SUITE_P(
    Kind, MeasuredFramesOf,
    testing::Values(Mismatch{"TwoSizes",
                             "GRAY8",
                             {48, 64},
                             "GRAY8",
                             {48, 60},
                             "Frames on the pad sink are GRAY8, 64 x 48, those on the pad reference GRAY8, "
                             "60 x 48; both need one "
                             "format and size: put videoconvert and videoscale before one of them."},
                    Mismatch{"TwoFormats",
                             "GRAY8",
                             {48, 64},
                             "I420",
                             {48, 64},
                             "Frames on the pad sink are GRAY8, 64 x 48, those on the pad reference I420, 64 "
                             "x 48; both need one "
                             "format and size: put videoconvert and videoscale before one of them."},
                    Mismatch{"NoRoomForSsim",
                             "GRAY8",
                             {48, 10},
                             "GRAY8",
                             {48, 10},
                             "SSIM: the 48 x 10 section is smaller than the 11 x 11 window"}),
    [](const auto& mismatch) { return std::string(mismatch.param.name); });

}  // namespace
}  // namespace firstframe
