// What the element promises about time.

#include "core/training/trainer.h"
#include "io/model/model_file.h"
#include "io/picture/picture.h"
#include "tests/elements/gst/restore_harness.h"

namespace firstframe {
namespace {

struct FreeStructure {
  void operator()(GstStructure* structure) const { gst_structure_free(structure); }
};

class Load : public testing::Test {
 protected:
  Load() {
    TrainSettings settings;
    settings.restorer = "linear";
    write_model(folder_.file("linear.safetensors"), train(pair_, settings)->model());
    write_picture(folder_.file("clean.png"), pair_.clean.view());
  }

  PropertyTexts with_model(const PropertyTexts& more = {}) const {
    return PropertyTexts{{"model-location", folder_.file("linear.safetensors")}} + more;
  }
  GstBuffer* degraded_frame(int number = 0) const {
    auto* buffer = buffer_of(pair_.degraded, info_);
    GST_BUFFER_PTS(buffer) = static_cast<GstClockTime>(number) * 40 * GST_MSECOND;
    GST_BUFFER_DURATION(buffer) = 40 * GST_MSECOND;
    return buffer;
  }
  static std::unique_ptr<GstStructure, FreeStructure> stats_of(GstElement* element) {
    GstStructure* stats = nullptr;
    g_object_get(element, "stats", &stats, nullptr);
    return std::unique_ptr<GstStructure, FreeStructure>(stats);
  }
  static guint64 counted(GstElement* element, const char* field) {
    guint64 value = G_MAXUINT64;
    EXPECT_TRUE(gst_structure_get_uint64(stats_of(element).get(), field, &value)) << field;
    return value;
  }
  // Downstream says that the frame of `number` came `late` after it was wanted.
  static void say_late(RestoreHarness& harness, int number, GstClockTimeDiff late) {
    gst_harness_push_upstream_event(
        harness.get(), gst_event_new_qos(GST_QOS_TYPE_UNDERFLOW, 2.0, late, static_cast<GstClockTime>(number) * 40 * GST_MSECOND));
  }

  const TrainingPair pair_ = scene_pair(kFrame);
  const GstVideoInfo info_ = video_info_of(caps_text("GRAY8"));
  TestFolder folder_;
};

TEST_F(Load, AnswersLatencyWithOneFrameOnTopOfUpstreams) {
  RestoreHarness harness(with_model());
  harness.set_caps(caps_text("GRAY8"));
  gst_harness_set_upstream_latency(harness.get(), 15 * GST_MSECOND);
  EXPECT_EQ(gst_harness_query_latency(harness.get()), 55 * GST_MSECOND);
}

TEST_F(Load, AnswersLatencyWithWhatItIsAllowed) {
  RestoreHarness harness(with_model({{"max-latency", "12"}}));
  harness.set_caps(caps_text("GRAY8"));
  gst_harness_set_upstream_latency(harness.get(), 15 * GST_MSECOND);
  EXPECT_EQ(gst_harness_query_latency(harness.get()), 27 * GST_MSECOND);
}

TEST_F(Load, SaysThatItsLatencyChangedWithTheFrameRate) {
  RestoreHarness harness(with_model());
  harness.set_caps(caps_text("GRAY8"));
  EXPECT_FALSE(next_message(harness.bus(), GST_MESSAGE_LATENCY, 0)) << "25 frames a second are what is assumed";
  harness.set_caps("video/x-raw,format=GRAY8,width=64,height=48,framerate=50/1");
  ASSERT_EQ(harness.push(degraded_frame()), GST_FLOW_OK);
  EXPECT_TRUE(next_message(harness.bus(), GST_MESSAGE_LATENCY, 1));
}

TEST_F(Load, CountsFramesAndTheirDelays) {
  RestoreHarness harness(with_model());
  harness.set_caps(caps_text("GRAY8"));
  for (int i = 0; i < 5; ++i) ASSERT_EQ(harness.push(degraded_frame(i)), GST_FLOW_OK);
  EXPECT_EQ(counted(harness.element(), "frames-in"), 5u);
  EXPECT_EQ(counted(harness.element(), "frames-out"), 5u);
  EXPECT_EQ(counted(harness.element(), "frames-degraded"), 0u);
  EXPECT_GT(counted(harness.element(), "median-delay"), 0u);
  EXPECT_GE(counted(harness.element(), "p99-delay"), counted(harness.element(), "median-delay"));
  EXPECT_GE(counted(harness.element(), "max-delay"), counted(harness.element(), "p99-delay"));
  EXPECT_STREQ(gst_structure_get_string(stats_of(harness.element()).get(), "level"), "full");
}

TEST_F(Load, LowersQualityForLateFramesAndLosesNone) {
  RestoreHarness harness(with_model());
  harness.set_caps(caps_text("GRAY8"));
  gint quality = 1000000;
  int number = 0;
  for (; number < 12; ++number) {
    say_late(harness, number, 400 * GST_MSECOND);
    ASSERT_EQ(harness.push(degraded_frame(number)), GST_FLOW_OK);
  }
  while (const auto message = next_message(harness.bus(), GST_MESSAGE_QOS, 0)) {
    gint now;
    gst_message_parse_qos_values(message.get(), nullptr, nullptr, &now);
    EXPECT_LT(now, quality);
    quality = now;
  }
  EXPECT_EQ(quality, 0) << "frames pass in the end";
  EXPECT_EQ(counted(harness.element(), "frames-out"), 12u);
  BufferPtr last;
  while (auto out = harness.pull()) last = std::move(out);
  EXPECT_EQ(different_bytes(seen_in(last.get(), info_), pair_.degraded), 0u);

  // In time again: it comes back.
  say_late(harness, 1, -40 * static_cast<GstClockTimeDiff>(GST_MSECOND));
  for (int i = 0; i < 200; ++i) ASSERT_EQ(harness.push(degraded_frame(number + i)), GST_FLOW_OK);
  EXPECT_STREQ(gst_structure_get_string(stats_of(harness.element()).get(), "level"), "full");
  while (auto out = harness.pull()) last = std::move(out);
  EXPECT_GT(different_bytes(seen_in(last.get(), info_), pair_.degraded), 0u);
}

TEST_F(Load, DropsLateFramesWhereAskedTo) {
  RestoreHarness harness(with_model({{"overload-policy", "drop"}}));
  harness.set_caps(caps_text("GRAY8"));
  ASSERT_EQ(harness.push(degraded_frame(0)), GST_FLOW_OK);
  say_late(harness, 0, 400 * GST_MSECOND);
  for (int i = 1; i < 4; ++i) ASSERT_EQ(harness.push(degraded_frame(i)), GST_FLOW_OK);
  EXPECT_TRUE(harness.pull());
  EXPECT_FALSE(harness.pull());
}

TEST_F(Load, PassesLateFramesWholeWhereAskedTo) {
  RestoreHarness harness(with_model({{"overload-policy", "passthrough"}}));
  harness.set_caps(caps_text("GRAY8"));
  for (int i = 0; i < 3; ++i) {
    say_late(harness, i, 400 * GST_MSECOND);
    ASSERT_EQ(harness.push(degraded_frame(i)), GST_FLOW_OK);
  }
  EXPECT_STREQ(gst_structure_get_string(stats_of(harness.element()).get(), "level"), "passthrough");
}

TEST_F(Load, KeepsItsQualityWhenQosIsOff) {
  RestoreHarness harness(with_model({{"qos", "false"}}));
  harness.set_caps(caps_text("GRAY8"));
  for (int i = 0; i < 6; ++i) {
    say_late(harness, i, 400 * GST_MSECOND);
    ASSERT_EQ(harness.push(degraded_frame(i)), GST_FLOW_OK);
  }
  EXPECT_STREQ(gst_structure_get_string(stats_of(harness.element()).get(), "level"), "full");
}

TEST_F(Load, WarnsOnceWhenTheLatencyPromisedIsNotKept) {
  // 1080p in a millisecond is beyond any machine.
  RestoreHarness harness(with_model({{"max-latency", "1"}}));
  const Extent large{1080, 1920};
  harness.set_caps(caps_text("GRAY8", large));
  const auto info = video_info_of(caps_text("GRAY8", large));
  const auto picture = scene(large);
  for (int i = 0; i < 3; ++i) ASSERT_EQ(harness.push(buffer_of(picture, info)), GST_FLOW_OK);
  EXPECT_NE(next_complaint(harness.bus(), GST_MESSAGE_WARNING, 1).text.find("ms were promised"), std::string::npos);
  EXPECT_FALSE(next_message(harness.bus(), GST_MESSAGE_WARNING, 0));
  guint64 delay = 0;
  g_object_get(harness.element(), "max-observed-delay", &delay, nullptr);
  EXPECT_GE(delay, 1u);
}

TEST_F(Load, FramesBeforeTheModelGoOnWithoutACopy) {
  RestoreHarness harness(endless_training(folder_.file("clean.png")));
  harness.set_caps(caps_text("GRAY8"));
  ASSERT_EQ(harness.push(degraded_frame(0)), GST_FLOW_OK);  // it is trained on
  ASSERT_TRUE(harness.pull());
  auto* frame = degraded_frame(1);
  ASSERT_EQ(harness.push(gst_buffer_ref(frame)), GST_FLOW_OK);
  EXPECT_EQ(harness.pull().get(), frame);
  gst_buffer_unref(frame);
  EXPECT_EQ(counted(harness.element(), "frames-out"), 2u);
  EXPECT_STREQ(gst_structure_get_string(stats_of(harness.element()).get(), "training"), "running");
}

std::vector<guint8> bytes_of(GstBuffer* buffer) {
  std::vector<guint8> bytes(gst_buffer_get_size(buffer));
  gst_buffer_extract(buffer, 0, bytes.data(), bytes.size());
  return bytes;
}

class LoadIn : public Load, public testing::WithParamInterface<const char*> {};

// With every tile new, the level that keeps tiles gives what full quality gives, in every depth and byte order.
TEST_P(LoadIn, KeepsUnchangedTilesAsTheyWereRestored) {
  RestoreHarness harness(with_model());
  const std::string format = GetParam();
  const auto caps = caps_text(format);
  harness.set_caps(caps);
  auto info = video_info_of(caps);
  auto* frame = gst_buffer_new_allocate(nullptr, info.size, nullptr);
  for_frame(frame, info, GST_MAP_WRITE, [](GstVideoFrame& mapped) {
    for (guint plane = 0; plane < GST_VIDEO_FRAME_N_PLANES(&mapped); ++plane)
      for (gint row = 0; row < GST_VIDEO_FRAME_COMP_HEIGHT(&mapped, plane); ++row) {
        auto* line = static_cast<guint8*>(GST_VIDEO_FRAME_PLANE_DATA(&mapped, plane)) + row * GST_VIDEO_FRAME_PLANE_STRIDE(&mapped, plane);
        for (gint i = 0; i < GST_VIDEO_FRAME_PLANE_STRIDE(&mapped, plane); ++i) line[i] = static_cast<guint8>(3 * (i + row) % 4);
      }
  });
  std::vector<std::vector<guint8>> came;
  for (int number = 0; number < 6; ++number) {
    if (number == 1 || number == 2) say_late(harness, number, 400 * GST_MSECOND);
    if (number == 3) say_late(harness, number, -static_cast<GstClockTimeDiff>(40 * GST_MSECOND));
    auto* copy = gst_buffer_copy_deep(frame);
    GST_BUFFER_PTS(copy) = static_cast<GstClockTime>(number) * 40 * GST_MSECOND;
    ASSERT_EQ(harness.push(copy), GST_FLOW_OK);
    came.push_back(bytes_of(harness.pull().get()));
  }
  gst_buffer_unref(frame);
  EXPECT_STREQ(gst_structure_get_string(stats_of(harness.element()).get(), "level"), "unchanged tiles kept");
  for (const auto& bytes : came) EXPECT_EQ(bytes, came.front());
}

INSTANTIATE_TEST_SUITE_P(Format, LoadIn, testing::Values("GRAY8", "GRAY16_LE", "GRAY16_BE", "I420", "NV12", "I420_10LE", "Y444"),
                         [](const auto& format) { return std::string(format.param); });

}  // namespace
}  // namespace firstframe
