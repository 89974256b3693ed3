// Several frames in flight: bytes and order, whatever comes between them.

#include "tests/elements/gst/flight_harness.h"

namespace firstframe {
namespace {

// Every N: the bytes of one frame at a time, in the order in which they came, none lost, and each N - 1 frames late at most.
TEST_P(FramesInFlightOf, LeaveInTheirOrderWithTheBytesOfOneAtATime) {
  constexpr int kFrames = 12;
  const auto caps = caps_text("GRAY8", kLarge);
  std::vector<std::vector<guint8>> alone;
  {
    RestoreHarness harness(with(1));
    harness.set_caps(caps);
    for (int i = 0; i < kFrames; ++i) {
      ASSERT_EQ(harness.push(frame(i, kLarge)), GST_FLOW_OK);
      alone.push_back(bytes_of(harness.pull().get()));
    }
  }
  RestoreHarness harness(with(GetParam()));
  harness.set_caps(caps);
  int came = 0;
  const auto take = [&] {
    while (const auto out = harness.pull()) {
      ASSERT_EQ(GST_BUFFER_PTS(out.get()), static_cast<GstClockTime>(came) * kFrameTime);
      EXPECT_EQ(GST_BUFFER_DURATION(out.get()), kFrameTime);
      EXPECT_EQ(bytes_of(out.get()), alone[static_cast<std::size_t>(came)]) << "frame " << came;
      ++came;
    }
  };
  for (int i = 0; i < kFrames; ++i) {
    ASSERT_EQ(harness.push(frame(i, kLarge)), GST_FLOW_OK);
    take();
    EXPECT_GT(came, i + 1 - GetParam()) << "more are in flight than were asked for";
  }
  ASSERT_TRUE(gst_harness_push_event(harness.get(), gst_event_new_eos()));
  take();
  EXPECT_EQ(came, kFrames);
  EXPECT_EQ(counted(harness, "frames-out"), static_cast<guint64>(kFrames));
  EXPECT_EQ(counted(harness, "frames-dropped"), 0u);
}

// Frames of full quality, which take long, and such as pass at once for the load's sake, in turn.
TEST_P(FramesInFlightOf, KeepTheirOrderWhereTheyTakeUnevenTimes) {
  RestoreHarness harness(with(GetParam()));
  harness.set_caps(caps_text("GRAY8", kLarge));
  int number = 0;
  std::vector<int> found;
  const auto push = [&](int frames) {
    for (int i = 0; i < frames; ++i) {
      ASSERT_EQ(harness.push(frame(number++, kLarge)), GST_FLOW_OK);
      for (const int came : numbers(harness)) found.push_back(came);
    }
  };
  push(4);
  for (int i = 0; i < 16; ++i) {  // down to the last level
    say_late(harness, number, 400 * GST_MSECOND);
    push(1);
  }
  say_late(harness, 1, -static_cast<GstClockTimeDiff>(kFrameTime));
  push(24);
  const auto degraded = counted(harness, "frames-degraded");
  EXPECT_GT(degraded, 0u);
  EXPECT_LT(degraded, static_cast<guint64>(number)) << "all were cheap";
  ASSERT_TRUE(gst_harness_push_event(harness.get(), gst_event_new_eos()));
  for (const int came : numbers(harness)) found.push_back(came);
  EXPECT_EQ(found, range(0, number));
}

TEST_P(FramesInFlightOf, LeaveBeforeWhatComesAfterThem) {
  const auto events = std::vector<std::pair<GstEventType, std::function<GstEvent*()>>>{
      {GST_EVENT_TAG, [] { return gst_event_new_tag(gst_tag_list_new(GST_TAG_TITLE, "eye", nullptr)); }},
      {GST_EVENT_GAP, [] { return gst_event_new_gap(kFrameTime, kFrameTime); }},
      {GST_EVENT_CUSTOM_DOWNSTREAM, [] { return gst_event_new_custom(GST_EVENT_CUSTOM_DOWNSTREAM, gst_structure_new_empty("mark")); }},
      {GST_EVENT_SEGMENT,
       [] {
         GstSegment segment;
         gst_segment_init(&segment, GST_FORMAT_TIME);
         return gst_event_new_segment(&segment);
       }},
      {GST_EVENT_EOS, [] { return gst_event_new_eos(); }},
  };
  RestoreHarness harness(with(GetParam()));
  harness.set_caps(caps_text("GRAY8", kLarge));
  // What came out, in order: frames by their numbers, events by their types, negative.
  static std::vector<int> order;
  order.clear();
  gst_pad_add_probe(harness->sinkpad, static_cast<GstPadProbeType>(GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM),
                    [](GstPad*, GstPadProbeInfo* info, gpointer) {
                      if (GST_PAD_PROBE_INFO_TYPE(info) & GST_PAD_PROBE_TYPE_BUFFER)
                        order.push_back(static_cast<int>(GST_BUFFER_PTS(GST_PAD_PROBE_INFO_BUFFER(info)) / kFrameTime));
                      else
                        order.push_back(-static_cast<int>(GST_EVENT_TYPE(GST_PAD_PROBE_INFO_EVENT(info))));
                      return GST_PAD_PROBE_OK;
                    },
                    nullptr, nullptr);
  // The first frame brings out the segment; what counts begins after it.
  ASSERT_EQ(harness.push(frame(0, kLarge)), GST_FLOW_OK);
  ASSERT_TRUE(gst_harness_push_event(harness.get(), gst_event_new_gap(0, kFrameTime)));
  order.clear();
  std::vector<int> wanted;
  int number = 1;
  for (const auto& [type, make] : events) {
    for (int i = 0; i < 3; ++i) {
      wanted.push_back(number);
      ASSERT_EQ(harness.push(frame(number++, kLarge)), GST_FLOW_OK);
    }
    wanted.push_back(-static_cast<int>(type));
    ASSERT_TRUE(gst_harness_push_event(harness.get(), make()));
  }
  EXPECT_EQ(order, wanted);
}

TEST_P(FramesInFlightOf, LeaveBeforeNewCaps) {
  RestoreHarness harness(with(GetParam()));
  harness.set_caps(caps_text("GRAY8", kLarge));
  for (int i = 0; i < 3; ++i) ASSERT_EQ(harness.push(frame(i, kLarge)), GST_FLOW_OK);
  harness.set_caps(caps_text("GRAY8", kFrame));
  for (int i = 3; i < 6; ++i) ASSERT_EQ(harness.push(frame(i, kFrame)), GST_FLOW_OK);
  ASSERT_TRUE(gst_harness_push_event(harness.get(), gst_event_new_eos()));
  for (int i = 0; i < 6; ++i) {
    const auto out = harness.pull();
    ASSERT_TRUE(out) << i;
    EXPECT_EQ(GST_BUFFER_PTS(out.get()), static_cast<GstClockTime>(i) * kFrameTime);
    EXPECT_EQ(gst_buffer_get_size(out.get()), video_info_of(caps_text("GRAY8", i < 3 ? kLarge : kFrame)).size);
  }
}

TEST_P(FramesInFlightOf, MarkTheFrameAfterAGapAndNoOther) {
  RestoreHarness harness(with(GetParam(), "linear"));
  harness.set_caps(caps_text("GRAY8"));
  for (int i = 0; i < 10; ++i) {
    auto* buffer = frame(i);
    if (i == 0 || i == 5) GST_BUFFER_FLAG_SET(buffer, GST_BUFFER_FLAG_DISCONT);
    ASSERT_EQ(harness.push(buffer), GST_FLOW_OK);
  }
  ASSERT_TRUE(gst_harness_push_event(harness.get(), gst_event_new_eos()));
  for (int i = 0; i < 10; ++i) {
    const auto out = harness.pull();
    ASSERT_TRUE(out);
    EXPECT_EQ(static_cast<bool>(GST_BUFFER_IS_DISCONT(out.get())), i == 0 || i == 5) << i;
  }
}

TEST_P(FramesInFlightOf, DropLateOnesWhereAskedToInOrder) {
  RestoreHarness harness(with(GetParam(), "linear", {{"overload-policy", "drop"}}));
  harness.set_caps(caps_text("GRAY8"));
  for (int i = 0; i < 3; ++i) ASSERT_EQ(harness.push(frame(i)), GST_FLOW_OK);
  say_late(harness, 2, 80 * GST_MSECOND);
  for (int i = 3; i < 12; ++i) ASSERT_EQ(harness.push(frame(i)), GST_FLOW_OK);
  ASSERT_TRUE(gst_harness_push_event(harness.get(), gst_event_new_eos()));
  std::vector<int> found;
  int marked = -1;
  while (const auto out = harness.pull()) {
    found.push_back(static_cast<int>(GST_BUFFER_PTS(out.get()) / kFrameTime));
    if (GST_BUFFER_IS_DISCONT(out.get()) && found.back() > 0) marked = found.back();
  }
  EXPECT_TRUE(std::is_sorted(found.begin(), found.end()));
  EXPECT_LT(found.size(), 12u);
  EXPECT_GT(marked, 3) << "the frame after the gap says so";
  EXPECT_EQ(counted(harness, "frames-dropped"), 12u - found.size());
}

// Frames pass by a training, and are restored from the one on that finds a model: in order all the while.
TEST_P(FramesInFlightOf, GoOnInOrderWhereTheModelComesInMidStream) {
  const TestFolder folder;
  const auto clean = folder.file("clean.png");
  write_picture(clean, models_->pair.clean.view());
  RestoreHarness harness(small_training(clean) +
                         PropertyTexts{{"train-steps", "40"}, {"frames-in-flight", std::to_string(GetParam())}, {"threads", "2"}});
  harness.set_caps(caps_text("GRAY8"));
  const auto buffer = [&](int number) { return timed(buffer_of(models_->pair.degraded, video_info_of(caps_text("GRAY8"))), number); };
  int number = 0;
  std::vector<int> found;
  const auto push = [&] {
    ASSERT_EQ(harness.push(buffer(number++)), GST_FLOW_OK);
    for (const int came : numbers(harness)) found.push_back(came);
  };
  for (int i = 0; i < 6; ++i) push();
  ASSERT_TRUE(harness.wait_until_live());
  for (int i = 0; i < 12; ++i) push();
  ASSERT_TRUE(gst_harness_push_event(harness.get(), gst_event_new_eos()));
  for (const int came : numbers(harness)) found.push_back(came);
  EXPECT_EQ(found, range(0, number));
}

INSTANTIATE_TEST_SUITE_P(Number, FramesInFlightOf, testing::Values(1, 2, 4));

TEST_F(FramesInFlight, KeepUnchangedTilesInOrder) {
  RestoreHarness harness(with(3, "linear"));
  harness.set_caps(caps_text("GRAY8", kLarge));
  const BufferPtr still(frame(0, kLarge));
  int number = 0;
  std::vector<std::vector<guint8>> came;
  const auto push = [&] {
    auto* copy = gst_buffer_copy_deep(still.get());
    GST_BUFFER_PTS(copy) = static_cast<GstClockTime>(number++) * kFrameTime;
    ASSERT_EQ(harness.push(copy), GST_FLOW_OK);
    while (const auto out = harness.pull()) {
      EXPECT_EQ(GST_BUFFER_PTS(out.get()), came.size() * kFrameTime);
      came.push_back(bytes_of(out.get()));
    }
  };
  push();
  for (int i = 0; i < 3; ++i) {
    say_late(harness, number, 400 * GST_MSECOND);
    push();
  }
  say_late(harness, 1, -static_cast<GstClockTimeDiff>(kFrameTime));
  for (int i = 0; i < 10; ++i) push();
  ASSERT_TRUE(gst_harness_push_event(harness.get(), gst_event_new_eos()));
  while (const auto out = harness.pull()) came.push_back(bytes_of(out.get()));
  EXPECT_EQ(came.size(), static_cast<std::size_t>(number));
  EXPECT_EQ(came.back(), came.front());
}

}  // namespace
}  // namespace firstframe
