// What flows beside the frames, and what comes back.

#include "core/training/trainer.h"
#include "io/model/model_file.h"
#include "tests/elements/gst/restore_harness.h"

namespace firstframe {
namespace {

GstFlowReturn answer = GST_FLOW_OK;

GstFlowReturn answering_chain(GstPad*, GstObject*, GstBuffer* buffer) {
  gst_buffer_unref(buffer);
  return answer;
}

class StreamOrder : public testing::Test {
 protected:
  StreamOrder() {
    TrainSettings settings;
    settings.restorer = "linear";
    write_model(folder_.file("linear.safetensors"), train(pair_, settings)->model());
  }
  PropertyTexts with_model() const { return {{"model-location", folder_.file("linear.safetensors")}}; }
  GstBuffer* frame(GstClockTime pts = 0) const {
    auto* buffer = buffer_of(pair_.degraded, info_);
    GST_BUFFER_PTS(buffer) = pts;
    GST_BUFFER_DURATION(buffer) = 40 * GST_MSECOND;
    return buffer;
  }
  // Whether an event of that type came out since the last call.
  static bool came(RestoreHarness& harness, GstEventType type) {
    bool found = false;
    while (auto* event = gst_harness_try_pull_event(harness.get())) {
      found = found || GST_EVENT_TYPE(event) == type;
      gst_event_unref(event);
    }
    return found;
  }

  const TrainingPair pair_ = scene_pair(kFrame);
  const GstVideoInfo info_ = video_info_of(caps_text("GRAY8"));
  TestFolder folder_;
};

TEST_F(StreamOrder, WhatDownstreamAnswersTravelsBack) {
  RestoreHarness harness(with_model());
  harness.set_caps(caps_text("GRAY8"));
  gst_pad_set_chain_function(harness->sinkpad, answering_chain);
  for (const auto flow : {GST_FLOW_OK, GST_FLOW_EOS, GST_FLOW_FLUSHING, GST_FLOW_NOT_LINKED, GST_FLOW_ERROR}) {
    answer = flow;
    EXPECT_EQ(harness.push(frame()), flow) << gst_flow_get_name(flow);
  }
}

TEST_F(StreamOrder, GapsAndTagsGoOn) {
  RestoreHarness harness(with_model());
  harness.set_caps(caps_text("GRAY8"));
  ASSERT_EQ(harness.push(frame()), GST_FLOW_OK);
  came(harness, GST_EVENT_UNKNOWN);
  EXPECT_TRUE(gst_harness_push_event(harness.get(), gst_event_new_gap(40 * GST_MSECOND, 40 * GST_MSECOND)));
  EXPECT_TRUE(came(harness, GST_EVENT_GAP));
  EXPECT_TRUE(gst_harness_push_event(harness.get(), gst_event_new_tag(gst_tag_list_new(GST_TAG_TITLE, "eye", nullptr))));
  EXPECT_TRUE(came(harness, GST_EVENT_TAG));
}

TEST_F(StreamOrder, ReverseAndFastPlaybackKeepTimesAndOrder) {
  RestoreHarness harness(with_model());
  harness.set_caps(caps_text("GRAY8"));
  for (const double rate : {-1.0, 2.0}) {
    GstSegment segment;
    gst_segment_init(&segment, GST_FORMAT_TIME);
    segment.rate = rate;
    segment.stop = GST_SECOND;
    ASSERT_TRUE(gst_harness_push_event(harness.get(), gst_event_new_segment(&segment)));
    for (const GstClockTime pts : {400, 360, 320}) {
      ASSERT_EQ(harness.push(frame(pts * GST_MSECOND)), GST_FLOW_OK);
      const auto out = harness.pull();
      ASSERT_TRUE(out);
      EXPECT_EQ(GST_BUFFER_PTS(out.get()), pts * GST_MSECOND);
      EXPECT_GT(different_bytes(seen_in(out.get(), info_), pair_.degraded), 0u);
    }
  }
}

TEST_F(StreamOrder, AFrameWithoutATimeIsRestoredToo) {
  RestoreHarness harness(with_model());
  harness.set_caps(caps_text("GRAY8"));
  ASSERT_EQ(harness.push(frame(GST_CLOCK_TIME_NONE)), GST_FLOW_OK);
  const auto out = harness.pull();
  EXPECT_FALSE(GST_BUFFER_PTS_IS_VALID(out.get()));
  EXPECT_GT(different_bytes(seen_in(out.get(), info_), pair_.degraded), 0u);
}

}  // namespace
}  // namespace firstframe
