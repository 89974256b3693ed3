// Several frames in flight: what a pipeline sees of them.

#include <random>

#include "core/training/trainer.h"
#include "io/model/model_file.h"
#include "io/picture/picture.h"
#include "tests/elements/gst/restore_harness.h"

namespace firstframe {
namespace {

constexpr GstClockTime kFrameTime = 40 * GST_MSECOND;
constexpr Extent kLarge{200, 300};  // several tiles, several milliseconds

std::vector<guint8> bytes_of(GstBuffer* buffer) {
  std::vector<guint8> bytes(gst_buffer_get_size(buffer));
  gst_buffer_extract(buffer, 0, bytes.data(), bytes.size());
  return bytes;
}

// The model and the frames; trained once.
struct Stream {
  Stream() {
    TrainSettings settings;
    settings.restorer = "residual";
    settings.patch = 16;
    settings.width = 8;
    settings.depth = 4;
    settings.steps = 5;
    settings.threads = 1;
    write_model(folder.file("residual.safetensors"), train(pair, settings)->model());
    settings.restorer = "linear";
    settings.width = settings.depth = settings.patch = 0;
    write_model(folder.file("linear.safetensors"), train(pair, settings)->model());
  }
  const TrainingPair pair = scene_pair(kFrame);
  TestFolder folder;
};

class FramesInFlight : public testing::Test {
 protected:
  PropertyTexts with(int frames, const std::string& restorer = "residual", const PropertyTexts& more = {}) const {
    return PropertyTexts{{"model-location", stream_->folder.file(restorer + ".safetensors")},
                         {"frames-in-flight", std::to_string(frames)},
                         {"threads", std::to_string(std::max(1, frames))}} + more;
  }
  // A frame of its own noise, so that no two are alike.
  static GstBuffer* frame(int number, Extent extent = kFrame) {
    auto picture = scene(extent);
    std::mt19937 random(static_cast<std::uint32_t>(number));
    for (std::int64_t i = 0; i < extent.area(); ++i) picture.samples<std::uint8_t>()[i] ^= random() & 15;
    auto* buffer = timed(buffer_of(picture, video_info_of(caps_text("GRAY8", extent))), number);
    GST_BUFFER_DURATION(buffer) = kFrameTime;
    GST_BUFFER_OFFSET(buffer) = static_cast<guint64>(number);
    return buffer;
  }
  // Numbers of the frames that came out since the last call.
  static std::vector<int> numbers(RestoreHarness& harness) {
    std::vector<int> found;
    while (const auto out = harness.pull()) found.push_back(static_cast<int>(GST_BUFFER_PTS(out.get()) / kFrameTime));
    return found;
  }
  static std::vector<int> range(int first, int last) {
    std::vector<int> wanted;
    for (int i = first; i < last; ++i) wanted.push_back(i);
    return wanted;
  }
  static void say_late(RestoreHarness& harness, int number, GstClockTimeDiff late) {
    gst_harness_push_upstream_event(harness.get(), gst_event_new_qos(GST_QOS_TYPE_UNDERFLOW, 2.0, late, static_cast<GstClockTime>(number) * kFrameTime));
  }
  static guint64 counted(RestoreHarness& harness, const char* field) {
    GstStructure* stats = nullptr;
    g_object_get(harness.element(), "stats", &stats, nullptr);
    guint64 value = G_MAXUINT64;
    EXPECT_TRUE(gst_structure_get_uint64(stats, field, &value)) << field;
    gst_structure_free(stats);
    return value;
  }

  const Stream* stream_ = &shared();

 private:
  static const Stream& shared() {
    static const Stream stream;
    return stream;
  }
};

class FramesInFlightOf : public FramesInFlight, public testing::WithParamInterface<int> {};

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
  write_picture(clean, stream_->pair.clean.view());
  RestoreHarness harness(small_training(clean) + PropertyTexts{{"train-steps", "40"}, {"frames-in-flight", std::to_string(GetParam())}, {"threads", "2"}});
  harness.set_caps(caps_text("GRAY8"));
  const auto buffer = [&](int number) { return timed(buffer_of(stream_->pair.degraded, video_info_of(caps_text("GRAY8"))), number); };
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

TEST_F(FramesInFlight, AreOneOnTheProcessorUnlessAskedFor) {
  RestoreHarness harness(with(0, "linear"));
  harness.set_caps(caps_text("GRAY8"));
  for (int i = 0; i < 3; ++i) {
    ASSERT_EQ(harness.push(frame(i)), GST_FLOW_OK);
    EXPECT_EQ(numbers(harness), range(i, i + 1));
  }
}

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
