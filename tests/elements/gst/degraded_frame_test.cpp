// What firstframedegrade makes of a frame.

#include "core/degradation/blur.h"
#include "tests/elements/gst/degrade_harness.h"

namespace firstframe {
namespace {

class DegradedFrameOf : public testing::TestWithParam<std::string> {
 protected:
  Section clean() const { return shown(video_info_of(caps())); }
  Section by_core(const Degradation& degradation) const {
    return degraded_by_core(clean(), degradation, format_named(GetParam()).most());
  }
  std::string caps() const { return caps_text(GetParam()); }
};

INSTANTIATE_TEST_SUITE_P(Format, DegradedFrameOf, testing::ValuesIn(format_names()),
                         [](const auto& format) { return format.param; });

TEST_P(DegradedFrameOf, IsBlurredAsCoreDoes) {
  for (const auto* border : {"reflect", "circular", "replicate"}) {
    DegradeHarness harness(caps(), {{"blur-sigma", "1.3"}, {"border", border}});
    const auto expected =
        by_core({.blur_sigma = 1.3, .blur_size = gaussian_size(1.3), .border = *border_named(border)});
    EXPECT_GT(different_bytes(expected, clean()), 1000u);
    EXPECT_EQ(different_bytes(harness.degraded(clean()), expected), 0u) << border;
  }
}

TEST_P(DegradedFrameOf, HasTheNoiseThatCoreAdds) {
  for (const auto* kind : {"gaussian", "poisson", "speckle"}) {
    DegradeHarness harness(caps(), {{"noise-sigma", "12"}, {"noise-kind", kind}, {"seed", "7"}});
    const auto expected = by_core({.noise_sigma = 12, .noise_kind = *noise_kind_named(kind), .seed = 7});
    EXPECT_EQ(different_bytes(harness.degraded(clean()), expected), 0u) << kind;
  }
}

TEST_P(DegradedFrameOf, KeepsChromaAndFillerAndTheFrameThatOthersHold) {
  DegradeHarness harness(caps(), {{"blur-sigma", "1"}, {"noise-sigma", "20"}});
  for (const guint padding : {0u, 5u}) {
    const BufferPtr held(buffer_of(clean(), harness.info(), padding));
    ASSERT_EQ(harness.push(BufferPtr(gst_buffer_ref(held.get()))), GST_FLOW_OK);
    const auto out = harness.pull();
    ASSERT_TRUE(out);
    EXPECT_GT(different_bytes(seen_in(out.get(), harness.info()), clean()), 1000u);
    EXPECT_EQ(changed_unseen_samples(out.get(), harness.info()), 0);
    EXPECT_EQ(different_bytes(seen_in(held.get(), harness.info()), clean()), 0u);
  }
}

// Also while others hold it, when a frame that is to be changed is copied.
TEST_P(DegradedFrameOf, IsTheFrameThatCameWhereNothingIsAskedFor) {
  DegradeHarness harness(caps(), {});
  const auto held = harness.frame(clean());
  ASSERT_EQ(harness.push(BufferPtr(gst_buffer_ref(held.get()))), GST_FLOW_OK);
  const auto out = harness.pull();
  EXPECT_EQ(out.get(), held.get());
  EXPECT_EQ(different_bytes(seen_in(out.get(), harness.info()), clean()), 0u);
}

TEST(DegradedFrame, HasNoiseOfTheStrengthAskedFor) {
  for (const auto* kind : {"gaussian", "poisson", "speckle"}) {
    DegradeHarness harness(caps_text("GRAY8", {150, 201}), {{"noise-sigma", "10"}, {"noise-kind", kind}});
    EXPECT_NEAR(deviation_of(harness.degraded(plane(128))), 10, 0.5) << kind;
  }
}

// 255 stands for black to white, which are 219 values of studio-range luma.
TEST(DegradedFrame, CountsNoiseInTheRangeOfItsCaps) {
  const Extent even{150, 200};
  DegradeHarness studio(caps_text("I420", even), {{"noise-sigma", "10"}});
  EXPECT_NEAR(deviation_of(studio.degraded(plane(126, even))), 10 * 219.0 / 255, 0.4);
  DegradeHarness full(caps_text("I420", even, ",colorimetry=1:3:5:1"), {{"noise-sigma", "10"}});
  EXPECT_NEAR(deviation_of(full.degraded(plane(126, even))), 10, 0.45);
}

TEST(DegradedFrame, KeepsSixteenBits) {
  DegradeHarness harness(caps_text("GRAY16_LE"), {{"noise-sigma", "2"}});
  const auto out = harness.degraded(scene(kFrame, SampleType::uint16));
  int between = 0;  // values that 8 bits do not have
  for (std::int64_t i = 0; i < kFrame.area(); ++i) between += out.samples<std::uint16_t>()[i] % 257 != 0;
  EXPECT_GT(between, kFrame.area() * 9 / 10);
}

TEST(DegradedFrame, KeepsTimesAndFlags) {
  DegradeHarness harness(kGrey, {{"noise-sigma", "5"}});
  auto frame = harness.frame(scene(kFrame), 3);
  GST_BUFFER_OFFSET(frame.get()) = 7;
  GST_BUFFER_FLAG_SET(frame.get(), GST_BUFFER_FLAG_MARKER);
  const BufferPtr held(gst_buffer_ref(frame.get()));  // so that the element has to copy
  ASSERT_EQ(harness.push(std::move(frame)), GST_FLOW_OK);
  const auto out = harness.pull();
  ASSERT_TRUE(out);
  EXPECT_NE(out.get(), held.get());
  EXPECT_EQ(GST_BUFFER_PTS(out.get()), 120 * GST_MSECOND);
  EXPECT_EQ(GST_BUFFER_DURATION(out.get()), 40 * GST_MSECOND);
  EXPECT_EQ(GST_BUFFER_OFFSET(out.get()), 7u);
  EXPECT_TRUE(GST_BUFFER_FLAG_IS_SET(out.get(), GST_BUFFER_FLAG_MARKER));
}

TEST(DegradedFrame, MayChangeInSizeOnTheWay) {
  DegradeHarness harness(kGrey, {{"blur-sigma", "2"}, {"noise-sigma", "4"}});
  ASSERT_FALSE(harness.degraded(scene(kFrame)).empty());
  const Extent other{31, 90};
  const auto caps = caps_text("GRAY16_LE", other);
  gst_harness_set_src_caps_str(harness.get(), caps.c_str());
  const auto clean = scene(other, SampleType::uint16);
  ASSERT_EQ(harness.push(BufferPtr(buffer_of(clean, video_info_of(caps)))), GST_FLOW_OK);
  const auto expected =
      degraded_by_core(clean, {.blur_sigma = 2, .blur_size = 17, .noise_sigma = 4, .seed = 2});
  const auto out = harness.pull();
  ASSERT_TRUE(out);
  EXPECT_EQ(different_bytes(seen_in(out.get(), video_info_of(caps)), expected), 0u);
}

TEST(DegradedFrame, IsRefusedWhenInterlacedWithTheElementToPutBefore) {
  DegradeHarness harness(
      caps_text("GRAY8", kFrame, ",interlace-mode=interleaved,field-order=top-field-first"),
      {{"blur-sigma", "1"}});
  EXPECT_EQ(harness.push(harness.frame(scene(kFrame))), GST_FLOW_NOT_NEGOTIATED);
  const auto error = next_complaint(harness.bus());
  EXPECT_EQ(error.code, GST_STREAM_ERROR_FORMAT);
  EXPECT_EQ(error.text,
            "Interlaced video (interleaved) is not supported; put deinterlace before firstframedegrade.");
}

}  // namespace
}  // namespace firstframe
