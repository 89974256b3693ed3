#include "core/training/pair_hash.h"
#include "io/model/model_file.h"
#include "tests/elements/gst/restore_harness.h"

namespace firstframe {
namespace {

constexpr auto kWithCleanPad = RestoreHarness::CleanPad::yes;
const PropertyTexts kLinear = {{"restorer", "linear"}, {"threads", "1"}};
const PropertyTexts kHold = {{"untrained-policy", "hold"}};

// Every frame of the stream shows another scene, so that a model tells which one it learned from.
class CleanPad : public testing::Test {
 protected:
  static Section degraded(int index) {
    return scene_pair(kFrame, SampleType::uint8, static_cast<unsigned>(index + 1)).degraded;
  }
  static Section clean(int index) {
    return scene(kFrame, SampleType::uint8, static_cast<unsigned>(index + 1));
  }
  static GstVideoInfo info() { return video_info_of(caps_text("GRAY8")); }

  PropertyTexts saving() const { return kLinear + PropertyTexts{{"save-model-location", model_}}; }

  static void open(RestoreHarness& harness) {
    harness.set_caps(caps_text("GRAY8"));
    gst_harness_set_src_caps_str(harness.clean(), caps_text("GRAY8").c_str());
  }
  static GstFlowReturn push(RestoreHarness& harness, int index) {
    return harness.push(timed(buffer_of(degraded(index), info()), index));
  }
  static GstFlowReturn push_clean(RestoreHarness& harness, int index) {
    return gst_harness_push(harness.clean(), timed(buffer_of(clean(index), info()), index));
  }
  // Whether the model that was saved comes from this frame and its clean picture.
  bool has_learned(RestoreHarness& harness, int index) const {
    EXPECT_TRUE(harness.wait_for_progress(GST_PROGRESS_TYPE_COMPLETE));
    return read_model(model_).info.pair_hash == pair_hash({degraded(index), clean(index)});
  }

  TestFolder folder_;
  const std::string model_ = folder_.file("model.safetensors");
};

TEST_F(CleanPad, NeedsNoOtherPicture) {
  RestoreHarness harness(kLinear, kWithCleanPad);
  open(harness);
  ASSERT_EQ(push(harness, 0), GST_FLOW_OK);
  ASSERT_EQ(push_clean(harness, 0), GST_FLOW_OK);
  gst_harness_push_event(harness.clean(), gst_event_new_eos());
  ASSERT_TRUE(harness.wait_until_live());
  ASSERT_TRUE(harness.pull());
  ASSERT_EQ(push(harness, 1), GST_FLOW_OK);
  const auto out = harness.pull();
  ASSERT_TRUE(out);
  EXPECT_GT(different_bytes(seen_in(out.get(), info()), degraded(1)), 0u) << "the frame was not restored";
}

TEST_F(CleanPad, NeverStallsTheStreamWhenItDeliversNothing) {
  RestoreHarness harness(kLinear, kWithCleanPad);
  open(harness);
  for (int i = 0; i < 30; ++i) {
    ASSERT_EQ(push(harness, i % 4), GST_FLOW_OK);
    const auto out = harness.pull();
    ASSERT_TRUE(out);
    EXPECT_EQ(different_bytes(seen_in(out.get(), info()), degraded(i % 4)), 0u);
  }
  EXPECT_TRUE(gst_harness_push_event(harness.get(), gst_event_new_eos()));
  EXPECT_THAT(next_complaint(harness.bus(), GST_MESSAGE_WARNING).text, testing::HasSubstr("pad clean"));
}

TEST_F(CleanPad, TakesOnePictureAndPassesOverThoseAfterIt) {
  RestoreHarness harness(saving(), kWithCleanPad);
  open(harness);
  ASSERT_EQ(push(harness, 0), GST_FLOW_OK);
  EXPECT_EQ(push_clean(harness, 0), GST_FLOW_OK);
  EXPECT_EQ(push_clean(harness, 1), GST_FLOW_OK);
  EXPECT_TRUE(has_learned(harness, 0));
  EXPECT_FALSE(next_message(harness.bus(), GST_MESSAGE_ERROR | GST_MESSAGE_WARNING, 0));
}

TEST_F(CleanPad, ThatEndsWithoutAPictureIsAnError) {
  RestoreHarness harness(kLinear, kWithCleanPad);
  open(harness);
  gst_harness_push_event(harness.clean(), gst_event_new_eos());
  const auto error = next_complaint(harness.bus(), GST_MESSAGE_ERROR, 5);
  EXPECT_EQ(error.domain, GST_RESOURCE_ERROR);
  EXPECT_EQ(error.code, GST_RESOURCE_ERROR_SETTINGS);
  EXPECT_THAT(error.text, testing::HasSubstr("ended without a picture"));
  EXPECT_EQ(push(harness, 0), GST_FLOW_ERROR);
  EXPECT_FALSE(next_message(harness.bus(), GST_MESSAGE_ERROR, 0)) << "one failure, one error";
}

TEST_F(CleanPad, MayEndWithoutAPictureWhereThereIsAModel) {
  {
    RestoreHarness harness(saving(), kWithCleanPad);
    open(harness);
    push(harness, 0);
    push_clean(harness, 0);
    ASSERT_TRUE(has_learned(harness, 0));
  }
  RestoreHarness harness({{"model-location", model_}}, kWithCleanPad);
  open(harness);
  gst_harness_push_event(harness.clean(), gst_event_new_eos());
  EXPECT_EQ(push(harness, 0), GST_FLOW_OK);
  EXPECT_FALSE(next_message(harness.bus(), GST_MESSAGE_ERROR, 0));
}

TEST_F(CleanPad, PairsALateFrameByRunningTime) {
  RestoreHarness harness(saving(), kWithCleanPad);
  open(harness);
  for (int i = 0; i < 6; ++i) ASSERT_EQ(push(harness, i), GST_FLOW_OK);
  ASSERT_EQ(push_clean(harness, 3), GST_FLOW_OK);
  EXPECT_TRUE(has_learned(harness, 3));
}

TEST_F(CleanPad, PairsByRunningTimeNotByTimestamp) {
  RestoreHarness harness(saving(), kWithCleanPad);
  open(harness);
  GstSegment segment;
  gst_segment_init(&segment, GST_FORMAT_TIME);
  segment.start = 80 * GST_MSECOND;  // there the clean stream begins
  gst_harness_push_event(harness.clean(), gst_event_new_segment(&segment));
  for (int i = 0; i < 6; ++i) ASSERT_EQ(push(harness, i), GST_FLOW_OK);
  ASSERT_EQ(gst_harness_push(harness.clean(), timed(buffer_of(clean(2), info()), 4)), GST_FLOW_OK);
  EXPECT_TRUE(has_learned(harness, 2));
}

TEST_F(CleanPad, WaitsForTheFrameOfAnEarlyPicture) {
  RestoreHarness harness(saving(), kWithCleanPad);
  open(harness);
  ASSERT_EQ(push_clean(harness, 2), GST_FLOW_OK);
  for (int i = 0; i < 6; ++i) ASSERT_EQ(push(harness, i), GST_FLOW_OK);
  EXPECT_TRUE(has_learned(harness, 2));
}

TEST_F(CleanPad, AlwaysKnowsTheFirstFrame) {
  RestoreHarness harness(saving(), kWithCleanPad);
  open(harness);
  for (int i = 0; i < 40; ++i) ASSERT_EQ(push(harness, i), GST_FLOW_OK);
  ASSERT_EQ(push_clean(harness, 0), GST_FLOW_OK);
  EXPECT_TRUE(has_learned(harness, 0));
}

TEST_F(CleanPad, TakesAPictureWithoutTimestampForTheFirstFrames) {
  RestoreHarness harness(saving(), kWithCleanPad);
  open(harness);
  for (int i = 0; i < 3; ++i) ASSERT_EQ(push(harness, i), GST_FLOW_OK);
  ASSERT_EQ(gst_harness_push(harness.clean(), buffer_of(clean(0), info())), GST_FLOW_OK);
  EXPECT_TRUE(has_learned(harness, 0));
}

TEST_F(CleanPad, RefusesAPictureOlderThanWhatIsRememberedAndNamesBothTimes) {
  RestoreHarness harness(kLinear, kWithCleanPad);
  open(harness);
  for (int i = 0; i < 40; ++i) ASSERT_EQ(push(harness, i), GST_FLOW_OK);
  EXPECT_EQ(push_clean(harness, 5), GST_FLOW_ERROR);
  const auto error = next_complaint(harness.bus());
  EXPECT_EQ(error.domain, GST_STREAM_ERROR);
  EXPECT_EQ(error.code, GST_STREAM_ERROR_FORMAT);
  EXPECT_THAT(error.text, testing::AllOf(testing::HasSubstr("0:00:00.2"), testing::HasSubstr("0:00:01.28")));
}

TEST_F(CleanPad, NamesBothTimesWhenItsFrameNeverCame) {
  RestoreHarness harness(kLinear, kWithCleanPad);
  open(harness);
  ASSERT_EQ(push_clean(harness, 2), GST_FLOW_OK);
  ASSERT_EQ(push(harness, 0), GST_FLOW_OK);
  EXPECT_EQ(push(harness, 5), GST_FLOW_ERROR);
  EXPECT_THAT(next_complaint(harness.bus()).text,
              testing::AllOf(testing::HasSubstr("0:00:00.08"), testing::HasSubstr("0:00:00.2")));
}

TEST_F(CleanPad, SendsNothingOn) {
  RestoreHarness harness(kLinear, kWithCleanPad);
  open(harness);
  ASSERT_EQ(push(harness, 0), GST_FLOW_OK);
  while (auto* event = gst_harness_try_pull_event(harness.get())) gst_event_unref(event);
  push_clean(harness, 0);
  gst_harness_push_event(harness.clean(), gst_event_new_flush_start());
  gst_harness_push_event(harness.clean(), gst_event_new_flush_stop(TRUE));
  gst_harness_set_src_caps_str(harness.clean(), caps_text("RGB", {20, 20}).c_str());
  gst_harness_push_event(harness.clean(), gst_event_new_eos());
  auto* event = gst_harness_try_pull_event(harness.get());
  EXPECT_FALSE(event) << GST_EVENT_TYPE_NAME(event);
}

TEST_F(CleanPad, IsWaitedForUnderHold) {
  RestoreHarness harness(kLinear + kHold, kWithCleanPad);
  open(harness);
  auto push_first = std::async(std::launch::async, [&] { return push(harness, 0); });
  ASSERT_FALSE(ends_within(push_first, 1)) << "nothing held the frame";
  ASSERT_EQ(push_clean(harness, 0), GST_FLOW_OK);
  ASSERT_TRUE(ends_within(push_first, 20));
  const auto out = harness.pull();
  ASSERT_TRUE(out);
  EXPECT_GT(different_bytes(seen_in(out.get(), info()), degraded(0)), 0u);
}

TEST_F(CleanPad, ThatIsWaitedForIsGivenUpAtAFlushAtItsEndAndAtReady) {
  RestoreHarness harness(kLinear + kHold, kWithCleanPad);
  open(harness);
  auto held = std::async(std::launch::async, [&] { return push(harness, 0); });
  ASSERT_FALSE(ends_within(held, 1));
  gst_harness_push_event(harness.get(), gst_event_new_flush_start());
  EXPECT_TRUE(ends_within(held, 10));
  harness.end_flush();
  held = std::async(std::launch::async, [&] { return push(harness, 0); });
  ASSERT_FALSE(ends_within(held, 1));
  gst_harness_push_event(harness.clean(), gst_event_new_eos());
  ASSERT_TRUE(ends_within(held, 10));
  EXPECT_EQ(held.get(), GST_FLOW_ERROR);

  RestoreHarness other(kLinear + kHold, kWithCleanPad);
  open(other);
  held = std::async(std::launch::async, [&] { return push(other, 0); });
  ASSERT_FALSE(ends_within(held, 1));
  EXPECT_EQ(gst_element_set_state(other.element(), GST_STATE_READY), GST_STATE_CHANGE_SUCCESS);
  EXPECT_TRUE(ends_within(held, 10));
}

TEST_F(CleanPad, LetsFramesBeforeItsOwnPassUnderHold) {
  RestoreHarness harness(kLinear + kHold, kWithCleanPad);
  open(harness);
  ASSERT_EQ(push_clean(harness, 2), GST_FLOW_OK);
  for (int i = 0; i < 3; ++i) {
    ASSERT_EQ(push(harness, i), GST_FLOW_OK);
    const auto out = harness.pull();
    ASSERT_TRUE(out);
    EXPECT_EQ(different_bytes(seen_in(out.get(), info()), degraded(i)) > 0, i == 2) << "frame " << i;
  }
}

TEST_F(CleanPad, ForgetsFramesAtAFlushAndLearnsFromThoseAfterIt) {
  RestoreHarness harness(saving(), kWithCleanPad);
  open(harness);
  for (int i = 0; i < 4; ++i) ASSERT_EQ(push(harness, i), GST_FLOW_OK);
  harness.flush();
  harness.push(timed(buffer_of(degraded(7), info()), 0));
  gst_harness_push(harness.clean(), timed(buffer_of(clean(7), info()), 0));
  EXPECT_TRUE(has_learned(harness, 7));
}

TEST_F(CleanPad, LearnsAfreshAfterEveryReady) {
  RestoreHarness harness(saving(), kWithCleanPad);
  for (int round = 0; round < 3; ++round) {
    open(harness);
    ASSERT_EQ(push(harness, round), GST_FLOW_OK);
    ASSERT_EQ(push_clean(harness, round), GST_FLOW_OK);
    ASSERT_TRUE(has_learned(harness, round)) << "round " << round;
    gst_element_set_state(harness.element(), GST_STATE_READY);
    gst_element_set_state(harness.element(), GST_STATE_PLAYING);
  }
}

TEST_F(CleanPad, IsOneAndMayGo) {
  const auto element = make_element(kLinear);
  const BusPtr bus(gst_bus_new());
  gst_element_set_bus(element.get(), bus.get());
  auto* pad = gst_element_request_pad_simple(element.get(), "clean");
  ASSERT_TRUE(pad);
  EXPECT_FALSE(
      gst_element_request_pad(element.get(), gst_element_get_pad_template(element.get(), "clean"), nullptr, nullptr));
  EXPECT_EQ(gst_element_set_state(element.get(), GST_STATE_PAUSED), GST_STATE_CHANGE_SUCCESS);
  gst_element_set_state(element.get(), GST_STATE_NULL);
  EXPECT_FALSE(next_message(bus.get(), GST_MESSAGE_ERROR, 0));
  gst_element_release_request_pad(element.get(), pad);
  gst_object_unref(pad);
  EXPECT_EQ(gst_element_set_state(element.get(), GST_STATE_PAUSED), GST_STATE_CHANGE_FAILURE);
  gst_element_set_state(element.get(), GST_STATE_NULL);
  gst_element_set_bus(element.get(), nullptr);
}

TEST_F(CleanPad, OfTwiceTheSizeNeedsTheScaleBeforehand) {
  const Extent large{2 * kFrame.rows, 2 * kFrame.cols};
  for (const bool is_known : {true, false}) {
    RestoreHarness harness(kLinear + PropertyTexts{{"scale", is_known ? "2" : "0"}}, kWithCleanPad);
    harness.set_caps(caps_text("GRAY8"));
    ASSERT_EQ(push(harness, 0), GST_FLOW_OK);
    gst_harness_set_src_caps_str(harness.clean(), caps_text("GRAY8", large).c_str());
    auto* picture = buffer_of(small_pair(large, 2).clean, video_info_of(caps_text("GRAY8", large)));
    EXPECT_EQ(gst_harness_push(harness.clean(), timed(picture, 0)), is_known ? GST_FLOW_OK : GST_FLOW_ERROR);
    if (is_known)
      EXPECT_TRUE(harness.wait_until_live());
    else
      EXPECT_THAT(next_complaint(harness.bus()).text,
                  testing::HasSubstr("set scale before the stream begins"));
  }
}

}  // namespace
}  // namespace firstframe
