#include "io/picture/picture.h"
#include "tests/elements/gst/restore_harness.h"

namespace firstframe {
namespace {

// Pads are asked as a neighbour would ask them.
bool accepts(GstElement* element, const std::string& caps) {
  const CapsPtr asked(gst_caps_from_string(caps.c_str()));
  auto* pad = gst_element_get_static_pad(element, "sink");
  const bool answer = gst_pad_query_accept_caps(pad, asked.get());
  gst_object_unref(pad);
  return answer;
}

class AcceptedFormat : public testing::TestWithParam<const char*> {};

TEST_P(AcceptedFormat, IsAccepted) { EXPECT_TRUE(accepts(make_element({}).get(), caps_text(GetParam()))); }

INSTANTIATE_TEST_SUITE_P(Caps, AcceptedFormat, testing::Values("GRAY8", "GRAY16_LE", "I420", "RGB", "BGRx"),
                         [](const auto& format) { return std::string(format.param); });

TEST(Caps, OfOtherFormatsAreRefused) {
  const auto element = make_element({});
  for (const auto* format : {"NV12", "NV21", "GRAY16_BE", "BGR", "RGBA", "I420_10LE"})
    EXPECT_FALSE(accepts(element.get(), caps_text(format))) << format;
}

TEST(Caps, OfOtherMemoryAreRefused) {
  EXPECT_FALSE(accepts(make_element({}).get(),
                       "video/x-raw(memory:GLMemory),format=RGB,width=64,height=48,"
                       "framerate=25/1"));
}

TEST(Caps, ComeOutAsTheyWentIn) {
  const TestFolder folder;
  write_picture(folder.file("clean.png"), scene(kFrame).view());
  RestoreHarness harness(linear_training(folder.file("clean.png")));
  const auto caps = caps_text("I420", kFrame, ",colorimetry=bt709,chroma-site=mpeg2,pixel-aspect-ratio=4/3");
  harness.set_caps(caps);
  ASSERT_EQ(harness.push(buffer_of(scene_pair(kFrame).degraded, video_info_of(caps))), GST_FLOW_OK);
  auto* pad = gst_element_get_static_pad(harness.element(), "src");
  const CapsPtr out(gst_pad_get_current_caps(pad));
  gst_object_unref(pad);
  const CapsPtr in(gst_caps_from_string(caps.c_str()));
  ASSERT_TRUE(out);
  EXPECT_TRUE(gst_caps_is_subset(out.get(), in.get()));
}

TEST(Caps, OfInterlacedVideoAreRefusedWithTheElementToPutBefore) {
  const TestFolder folder;
  write_picture(folder.file("clean.png"), scene(kFrame).view());
  RestoreHarness harness(linear_training(folder.file("clean.png")));
  const auto caps = caps_text("GRAY8", kFrame, ",interlace-mode=interleaved,field-order=top-field-first");
  harness.set_caps(caps);
  EXPECT_EQ(harness.push(buffer_of(scene(kFrame), video_info_of(caps))), GST_FLOW_NOT_NEGOTIATED);
  const auto error = next_complaint(harness.bus());
  EXPECT_EQ(error.domain, GST_STREAM_ERROR);
  EXPECT_EQ(error.code, GST_STREAM_ERROR_FORMAT);
  EXPECT_EQ(error.text,
            "Interlaced video (interleaved) is not supported; put deinterlace before firstframerestore.");
  harness.push(buffer_of(scene(kFrame), video_info_of(caps)));
  EXPECT_FALSE(next_message(harness.bus(), GST_MESSAGE_ERROR, 0)) << "one failure, one error";
}

TEST(Caps, MayChangeInSizeAndDepthWhileTheModelStays) {
  const TestFolder folder;
  write_picture(folder.file("clean.png"), scene(kFrame).view());
  RestoreHarness harness(linear_training(folder.file("clean.png")) +
                         PropertyTexts{{"untrained-policy", "hold"}});
  harness.set_caps(caps_text("GRAY8"));
  ASSERT_EQ(harness.push(buffer_of(scene_pair(kFrame).degraded, video_info_of(caps_text("GRAY8")))),
            GST_FLOW_OK);
  ASSERT_TRUE(harness.pull());

  const Extent larger{70, 90};
  const auto caps = caps_text("GRAY16_LE", larger);
  harness.set_caps(caps);
  const auto degraded = scene_pair(larger, SampleType::uint16).degraded;
  ASSERT_EQ(harness.push(buffer_of(degraded, video_info_of(caps))), GST_FLOW_OK);
  const auto restored = harness.pull();
  ASSERT_TRUE(restored);
  EXPECT_GT(different_bytes(seen_in(restored.get(), video_info_of(caps)), degraded), 0u);
}

}  // namespace
}  // namespace firstframe
