#include "io/picture/picture.h"
#include "tests/elements/gst/restore_harness.h"

namespace firstframe {
namespace {

class BufferContract : public testing::Test {
 protected:
  BufferContract() { write_picture(clean(), scene(kFrame, SampleType::uint16).view()); }
  std::string clean() const { return folder_.file("clean.png"); }

  TestFolder folder_;
};

// A restored frame and an untrained one keep the same promises.
class BufferContractUnder : public BufferContract,
                            public testing::WithParamInterface<std::tuple<std::string, std::string>> {};

TEST_P(BufferContractUnder, KeepsTimesFlagsAndMetas) {
  const auto& [policy, format] = GetParam();
  RestoreHarness harness(linear_training(clean()) + PropertyTexts{{"untrained-policy", policy}});
  const auto info = video_info_of(caps_text(format));
  harness.set_caps(caps_text(format));
  auto* in = buffer_of(degraded_scene(info), info, /*padding=*/5);
  GST_BUFFER_PTS(in) = 40 * GST_MSECOND;
  GST_BUFFER_DTS(in) = 30 * GST_MSECOND;
  GST_BUFFER_DURATION(in) = 20 * GST_MSECOND;
  GST_BUFFER_OFFSET(in) = 7;
  GST_BUFFER_OFFSET_END(in) = 8;
  GST_BUFFER_FLAG_SET(in, GST_BUFFER_FLAG_MARKER | GST_BUFFER_FLAG_DISCONT | GST_BUFFER_FLAG_DELTA_UNIT);
  gst_buffer_add_video_region_of_interest_meta(in, "fovea", 3, 4, 10, 12);
  const CapsPtr clock(gst_caps_from_string("timestamp/x-unix"));
  gst_buffer_add_reference_timestamp_meta(in, clock.get(), 123 * GST_SECOND, GST_CLOCK_TIME_NONE);
  ASSERT_EQ(harness.push(in), GST_FLOW_OK);

  const auto out = harness.pull();
  ASSERT_TRUE(out);
  EXPECT_EQ(GST_BUFFER_PTS(out.get()), 40 * GST_MSECOND);
  EXPECT_EQ(GST_BUFFER_DTS(out.get()), 30 * GST_MSECOND);
  EXPECT_EQ(GST_BUFFER_DURATION(out.get()), 20 * GST_MSECOND);
  EXPECT_EQ(GST_BUFFER_OFFSET(out.get()), 7u);
  EXPECT_EQ(GST_BUFFER_OFFSET_END(out.get()), 8u);
  EXPECT_TRUE(GST_BUFFER_FLAG_IS_SET(out.get(), GST_BUFFER_FLAG_MARKER));
  EXPECT_TRUE(GST_BUFFER_FLAG_IS_SET(out.get(), GST_BUFFER_FLAG_DISCONT));
  EXPECT_TRUE(GST_BUFFER_FLAG_IS_SET(out.get(), GST_BUFFER_FLAG_DELTA_UNIT));
  const auto* region = gst_buffer_get_video_region_of_interest_meta_id(out.get(), 0);
  ASSERT_TRUE(region);
  EXPECT_EQ(region->w, 10u);
  const auto* reference = gst_buffer_get_reference_timestamp_meta(out.get(), nullptr);
  ASSERT_TRUE(reference);
  EXPECT_EQ(reference->timestamp, 123 * GST_SECOND);
}

INSTANTIATE_TEST_SUITE_P(PolicyAndFormat, BufferContractUnder,
                         testing::Combine(testing::Values("passthrough", "hold"),
                                          testing::ValuesIn(format_names())),
                         [](const auto& wanted) {
                           return std::get<0>(wanted.param) + "Of" + std::get<1>(wanted.param);
                         });

class BufferContractOf : public BufferContract, public testing::WithParamInterface<std::string> {};

TEST_P(BufferContractOf, LeavesTheInputFrameAlone) {
  RestoreHarness harness(linear_training(clean()) + PropertyTexts{{"untrained-policy", "hold"}});
  const auto info = video_info_of(caps_text(GetParam()));
  harness.set_caps(caps_text(GetParam()));
  const auto degraded = degraded_scene(info);
  const BufferPtr in(buffer_of(degraded, info));
  ASSERT_EQ(harness.push(gst_buffer_ref(in.get())), GST_FLOW_OK);
  EXPECT_EQ(different_bytes(seen_in(in.get(), info), degraded), 0u);
  EXPECT_EQ(changed_unseen_samples(in.get(), info), 0);
}

TEST_P(BufferContractOf, PassesFramesBitByBitBeforeTheModel) {
  RestoreHarness harness(endless_training(clean()));
  for (const Extent extent : {kFrame, Extent{47, 61}}) {  // of an odd size chroma is rounded up
    const auto caps = caps_text(GetParam(), extent);
    const auto info = video_info_of(caps);
    harness.set_caps(caps);
    const auto degraded = degraded_scene(info);
    for (const guint padding : {0u, 5u}) {
      ASSERT_EQ(harness.push(buffer_of(degraded, info, padding)), GST_FLOW_OK);
      const auto out = harness.pull();
      ASSERT_TRUE(out);
      EXPECT_EQ(different_bytes(seen_in(out.get(), info), degraded), 0u);
      EXPECT_EQ(changed_unseen_samples(out.get(), info), 0);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Format, BufferContractOf, testing::ValuesIn(format_names()),
                         [](const auto& format) { return format.param; });

}  // namespace
}  // namespace firstframe
