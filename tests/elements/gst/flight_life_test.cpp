// Several frames in flight: flushes, states, answers from downstream, latency.

#include "tests/elements/gst/flight_harness.h"

namespace firstframe {
namespace {

TEST_P(FramesInFlightOf, AreForgottenByAFlushWhichKeepsTheModel) {
  RestoreHarness harness(with(GetParam()));
  harness.set_caps(caps_text("GRAY8", kLarge));
  for (int i = 0; i < 6; ++i) ASSERT_EQ(harness.push(frame(i, kLarge)), GST_FLOW_OK);
  numbers(harness);
  harness.flush();
  EXPECT_EQ(numbers(harness), std::vector<int>{}) << "frames of before the flush came after it";
  for (int i = 10; i < 16; ++i) ASSERT_EQ(harness.push(frame(i, kLarge)), GST_FLOW_OK);
  ASSERT_TRUE(gst_harness_push_event(harness.get(), gst_event_new_eos()));
  EXPECT_EQ(numbers(harness), range(10, 16));
  EXPECT_FALSE(next_message(harness.bus(), GST_MESSAGE_ERROR, 0));
}

// Even while its thread waits for a frame of many milliseconds.
TEST_P(FramesInFlightOf, WakeTheirThreadForAFlush) {
  RestoreHarness harness(with(GetParam()));
  const Extent huge{1200, 1600};
  harness.set_caps(caps_text("GRAY8", huge));
  auto pushed = std::async(std::launch::async, [&] {
    GstFlowReturn flow = GST_FLOW_OK;
    for (int i = 0; i < 100 && flow == GST_FLOW_OK; ++i) flow = harness.push(frame(i, huge));
    return flow;
  });
  g_usleep(100000);
  gst_harness_push_event(harness.get(), gst_event_new_flush_start());
  ASSERT_TRUE(ends_within(pushed, 10));
  EXPECT_EQ(pushed.get(), GST_FLOW_FLUSHING);
  harness.end_flush();
  numbers(harness);
  harness.set_caps(caps_text("GRAY8"));
  ASSERT_EQ(harness.push(frame(200)), GST_FLOW_OK);
  ASSERT_TRUE(gst_harness_push_event(harness.get(), gst_event_new_eos()));
  EXPECT_EQ(numbers(harness), range(200, 201));
}

TEST_P(FramesInFlightOf, EndWithTheStateAndBeginAnew) {
  const auto element = make_element(with(GetParam()));
  for (int round = 0; round < 3; ++round) {
    auto* harness = gst_harness_new_with_element(element.get(), "sink", "src");
    gst_harness_set_src_caps_str(harness, caps_text("GRAY8", kLarge).c_str());
    for (int i = 0; i < 5; ++i) ASSERT_EQ(gst_harness_push(harness, frame(i, kLarge)), GST_FLOW_OK);
    const auto state = round == 1 ? GST_STATE_NULL : GST_STATE_READY;
    EXPECT_EQ(gst_element_set_state(element.get(), state), GST_STATE_CHANGE_SUCCESS) << "frames were in flight";
    gst_harness_teardown(harness);
  }
}

TEST_P(FramesInFlightOf, BringBackWhatDownstreamAnswers) {
  static GstFlowReturn answer;
  for (const auto flow : {GST_FLOW_EOS, GST_FLOW_NOT_LINKED, GST_FLOW_ERROR}) {
    RestoreHarness harness(with(GetParam(), "linear"));
    harness.set_caps(caps_text("GRAY8"));
    answer = flow;
    gst_pad_set_chain_function(harness->sinkpad, [](GstPad*, GstObject*, GstBuffer* buffer) {
      gst_buffer_unref(buffer);
      return answer;
    });
    GstFlowReturn came = GST_FLOW_OK;
    for (int i = 0; i < GetParam() && came == GST_FLOW_OK; ++i) came = harness.push(frame(i));
    EXPECT_EQ(came, flow) << gst_flow_get_name(flow);

    // One that left in front of an event: the next frame hears of it.
    answer = GST_FLOW_OK;
    harness.flush();
    if (GetParam() == 1) continue;
    ASSERT_EQ(harness.push(frame(20)), GST_FLOW_OK);
    answer = flow;
    gst_harness_push_event(harness.get(), gst_event_new_gap(kFrameTime, kFrameTime));
    answer = GST_FLOW_OK;
    const auto next = harness.push(frame(21));
    EXPECT_TRUE(next == flow || next == GST_FLOW_OK) << gst_flow_get_name(next);  // OK where it had left by itself before
  }
}

TEST_P(FramesInFlightOf, EndWithOneErrorAtAFrameThatIsTooSmall) {
  if (GetParam() == 1) GTEST_SKIP() << "GstVideoFilter warns of it, and passes what there is";
  RestoreHarness harness(with(GetParam(), "linear"));
  harness.set_caps(caps_text("GRAY8"));
  for (int i = 0; i < 2; ++i) ASSERT_EQ(harness.push(frame(i)), GST_FLOW_OK);
  EXPECT_EQ(harness.push(timed(gst_buffer_new_allocate(nullptr, 100, nullptr), 2)), GST_FLOW_ERROR);
  EXPECT_EQ(next_complaint(harness.bus()).text, "firstframerestore: a frame is smaller than its caps say");
  EXPECT_FALSE(next_message(harness.bus(), GST_MESSAGE_ERROR, 0));
}

TEST_P(FramesInFlightOf, AddTheirTimeToTheLatency) {
  RestoreHarness harness(with(GetParam(), "linear"));
  harness.set_caps(caps_text("GRAY8"));
  gst_harness_set_upstream_latency(harness.get(), 15 * GST_MSECOND);
  EXPECT_EQ(gst_harness_query_latency(harness.get()), 15 * GST_MSECOND + static_cast<GstClockTime>(GetParam()) * kFrameTime);
  RestoreHarness limited(with(GetParam(), "linear", {{"max-latency", "12"}}));
  limited.set_caps(caps_text("GRAY8"));
  gst_harness_set_upstream_latency(limited.get(), 0);
  EXPECT_EQ(gst_harness_query_latency(limited.get()), 12 * GST_MSECOND + static_cast<GstClockTime>(GetParam() - 1) * kFrameTime);
}

TEST_P(FramesInFlightOf, SayOnceThatTheLatencyIsAnother) {
  RestoreHarness harness(with(GetParam(), "linear"));
  harness.set_caps(caps_text("GRAY8"));
  for (int i = 0; i < 4; ++i) ASSERT_EQ(harness.push(frame(i)), GST_FLOW_OK);
  EXPECT_FALSE(next_message(harness.bus(), GST_MESSAGE_LATENCY, 0)) << "it was asked for, and is known from the beginning";
  harness.set_caps("video/x-raw,format=GRAY8,width=64,height=48,framerate=50/1");
  for (int i = 4; i < 8; ++i) ASSERT_EQ(harness.push(frame(i)), GST_FLOW_OK);
  EXPECT_TRUE(next_message(harness.bus(), GST_MESSAGE_LATENCY, 1));
  EXPECT_FALSE(next_message(harness.bus(), GST_MESSAGE_LATENCY, 0));
}

TEST_F(FramesInFlight, AreOneOnTheProcessorUnlessAskedFor) {
  RestoreHarness harness(with(0, "linear"));
  harness.set_caps(caps_text("GRAY8"));
  for (int i = 0; i < 3; ++i) {
    ASSERT_EQ(harness.push(frame(i)), GST_FLOW_OK);
    EXPECT_EQ(numbers(harness), range(i, i + 1));
  }
}

INSTANTIATE_TEST_SUITE_P(Number, FramesInFlightOf, testing::Values(1, 2, 4));

}  // namespace
}  // namespace firstframe
