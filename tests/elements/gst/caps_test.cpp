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

class CapsOf : public testing::TestWithParam<std::string> {};

TEST_P(CapsOf, AreAccepted) { EXPECT_TRUE(accepts(make_element({}).get(), caps_text(GetParam()))); }

TEST_P(CapsOf, ComeOutAsTheyWentIn) {
  const TestFolder folder;
  write_picture(folder.file("clean.png"), scene(kFrame, SampleType::uint16).view());
  RestoreHarness harness(linear_training(folder.file("clean.png")));
  const bool is_yuv = format_named(GetParam()).places.size() > 1 && format_named(GetParam()).seen == 1;
  const auto caps = caps_text(GetParam(), kFrame,
                              is_yuv ? ",colorimetry=bt709,chroma-site=mpeg2,pixel-aspect-ratio=4/3"
                                     : ",colorimetry=1:1:5:1,pixel-aspect-ratio=4/3");
  const auto info = video_info_of(caps);
  harness.set_caps(caps);
  ASSERT_EQ(harness.push(buffer_of(degraded_scene(info), info)), GST_FLOW_OK);
  auto* pad = gst_element_get_static_pad(harness.element(), "src");
  const CapsPtr out(gst_pad_get_current_caps(pad));
  gst_object_unref(pad);
  const CapsPtr in(gst_caps_from_string(caps.c_str()));
  ASSERT_TRUE(out);
  EXPECT_TRUE(gst_caps_is_subset(out.get(), in.get()));
}

INSTANTIATE_TEST_SUITE_P(Format, CapsOf, testing::ValuesIn(format_names()),
                         [](const auto& format) { return format.param; });

TEST(Caps, AreOfTheFormatsThatTheTestsHold) {
  const auto element = make_element({});
  for (const auto* name : {"sink", "src"}) {
    const CapsPtr caps(gst_pad_template_get_caps(gst_element_get_pad_template(element.get(), name)));
    const auto* list = gst_structure_get_value(gst_caps_get_structure(caps.get(), 0), "format");
    std::vector<std::string> taken;
    for (guint i = 0; i < gst_value_list_get_size(list); ++i)
      taken.emplace_back(g_value_get_string(gst_value_list_get_value(list, i)));
    EXPECT_THAT(taken, testing::UnorderedElementsAreArray(format_names())) << name;
  }
}

TEST(Caps, OfOtherFormatsAreRefused) {
  const auto element = make_element({});
  for (const auto* format :
       {"NV21", "YV12", "YUY2", "BGR", "xRGB", "ARGB", "P010_10LE", "I420_10BE", "I422_10LE"})
    EXPECT_FALSE(accepts(element.get(), caps_text(format))) << format;
}

TEST(Caps, OfOtherMemoryAreRefused) {
  EXPECT_FALSE(accepts(make_element({}).get(),
                       "video/x-raw(memory:GLMemory),format=RGB,width=64,height=48,"
                       "framerate=25/1"));
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

TEST(Caps, MayChangeInSizeFormatAndDepthWhileTheModelStays) {
  const TestFolder folder;
  write_picture(folder.file("clean.png"), scene(kFrame).view());
  RestoreHarness harness(linear_training(folder.file("clean.png")) +
                         PropertyTexts{{"untrained-policy", "hold"}});
  harness.set_caps(caps_text("GRAY8"));
  ASSERT_EQ(harness.push(buffer_of(scene_pair(kFrame).degraded, video_info_of(caps_text("GRAY8")))),
            GST_FLOW_OK);
  ASSERT_TRUE(harness.pull());

  for (const Extent extent : {Extent{70, 90}, kFrame})
    for (const auto& format : format_names()) {
      const auto caps = caps_text(format, extent);
      const auto info = video_info_of(caps);
      const auto degraded = degraded_scene(info);
      harness.set_caps(caps);
      ASSERT_EQ(harness.push(buffer_of(degraded, info)), GST_FLOW_OK) << format;
      const auto restored = harness.pull();
      ASSERT_TRUE(restored) << format;
      EXPECT_GT(different_bytes(seen_in(restored.get(), info), degraded), 1000u) << format;
    }
}

}  // namespace
}  // namespace firstframe
