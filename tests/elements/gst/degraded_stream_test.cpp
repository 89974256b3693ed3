// What firstframedegrade promises from frame to frame: seeds, controlled properties, QoS, states.

#include <gst/controller/gstdirectcontrolbinding.h>
#include <gst/controller/gstinterpolationcontrolsource.h>

#include "tests/elements/gst/degrade_harness.h"

namespace firstframe {
namespace {

Section core_noise(std::uint64_t seed) {
  return degraded_by_core(scene(kFrame), {.noise_sigma = 9, .seed = seed});
}

TEST(DegradedStream, GivesFrameNTheNoiseOfSeedPlusN) {
  DegradeHarness harness(kGrey, {{"noise-sigma", "9"}, {"seed", "40"}});
  for (int n = 0; n < 3; ++n)
    EXPECT_EQ(different_bytes(harness.degraded(scene(kFrame), n), core_noise(40 + n)), 0u) << n;
}

TEST(DegradedStream, IsTheSameForTheSameSeedOnly) {
  const auto first_frame = [](const char* seed) {
    return DegradeHarness(kGrey, {{"noise-sigma", "9"}, {"seed", seed}}).degraded(scene(kFrame));
  };
  EXPECT_EQ(different_bytes(first_frame("5"), first_frame("5")), 0u);
  EXPECT_GT(different_bytes(first_frame("5"), first_frame("6")), 1000u);
}

TEST(DegradedStream, BeginsAgainAfterAFlush) {
  DegradeHarness harness(kGrey, {{"noise-sigma", "9"}, {"seed", "3"}});
  const auto first = harness.degraded(scene(kFrame));
  EXPECT_GT(different_bytes(harness.degraded(scene(kFrame), 1), first), 1000u);
  harness.flush();
  EXPECT_EQ(different_bytes(harness.degraded(scene(kFrame)), first), 0u);
}

// Sends what a sink sends whose last frame came 40 ms too late.
void ask_to_hurry(DegradeHarness& harness) {
  gst_harness_push_upstream_event(
      harness.get(), gst_event_new_qos(GST_QOS_TYPE_UNDERFLOW, 2.0, 40 * GST_MSECOND, /*timestamp=*/0));
}

TEST(DegradedStream, CountsTheFramesThatQosDrops) {
  DegradeHarness harness(kGrey, {{"noise-sigma", "9"}, {"seed", "1"}});
  ASSERT_FALSE(harness.degraded(scene(kFrame), 0).empty());
  ask_to_hurry(harness);
  EXPECT_TRUE(harness.degraded(scene(kFrame), 1).empty());
  EXPECT_EQ(different_bytes(harness.degraded(scene(kFrame), 2), core_noise(3)), 0u);
}

TEST(DegradedStream, DropsNothingWithoutQos) {
  DegradeHarness harness(kGrey, {{"noise-sigma", "9"}, {"qos", "false"}});
  ASSERT_FALSE(harness.degraded(scene(kFrame), 0).empty());
  ask_to_hurry(harness);
  EXPECT_FALSE(harness.degraded(scene(kFrame), 1).empty());
}

TEST(DegradedStream, TakesNewValuesWhilePlaying) {
  DegradeHarness harness(caps_text("GRAY8", {150, 201}), {});
  EXPECT_EQ(deviation_of(harness.degraded(plane(128), 0)), 0);
  g_object_set(harness.element(), "noise-sigma", 6.0, nullptr);
  EXPECT_NEAR(deviation_of(harness.degraded(plane(128), 1)), 6, 0.3);
  gst_util_set_object_arg(G_OBJECT(harness.element()), "noise-kind", "speckle");
  EXPECT_NEAR(deviation_of(harness.degraded(plane(64), 2)), 3, 0.15);
  g_object_set(harness.element(), "noise-sigma", 0.0, nullptr);
  EXPECT_EQ(deviation_of(harness.degraded(plane(128), 3)), 0);
}

// Noise rises by 5 a frame, from none.
TEST(DegradedStream, FollowsAControlBinding) {
  DegradeHarness harness(caps_text("GRAY8", {150, 201}), {});
  auto* source = gst_interpolation_control_source_new();
  g_object_set(source, "mode", GST_INTERPOLATION_MODE_LINEAR, nullptr);
  auto* points = GST_TIMED_VALUE_CONTROL_SOURCE(source);
  gst_timed_value_control_source_set(points, 0, 0);
  gst_timed_value_control_source_set(points, 160 * GST_MSECOND, 20);
  ASSERT_TRUE(gst_object_add_control_binding(
      GST_OBJECT(harness.element()),
      gst_direct_control_binding_new_absolute(GST_OBJECT(harness.element()), "noise-sigma", source)));
  gst_object_unref(source);
  for (int n = 0; n <= 4; ++n)
    EXPECT_NEAR(deviation_of(harness.degraded(plane(128), n)), 5 * n, 0.25 * n) << n;
}

TEST(DegradedStream, LetsEveryPropertyChangeWhilePlayingAndAllButTheSeedBeControlled) {
  DegradeHarness harness(kGrey, {});
  for (const std::string name : {"blur-sigma", "border", "noise-sigma", "noise-kind", "seed"}) {
    const auto* property = g_object_class_find_property(G_OBJECT_GET_CLASS(harness.element()), name.c_str());
    ASSERT_TRUE(property) << name;
    EXPECT_TRUE(property->flags & GST_PARAM_MUTABLE_PLAYING) << name;
    EXPECT_EQ((property->flags & GST_PARAM_CONTROLLABLE) != 0, name != "seed") << name;
  }
}

// The bytes of a whole run, one frame after the other.
std::string bytes_of_a_run(GstElement* pipeline) {
  const ElementPtr sink(gst_bin_get_by_name(GST_BIN(pipeline), "sink"));
  std::string bytes;
  const auto handler = g_signal_connect(
      sink.get(), "handoff", G_CALLBACK(+[](GstElement*, GstBuffer* buffer, GstPad*, gpointer all) {
        GstMapInfo map;
        gst_buffer_map(buffer, &map, GST_MAP_READ);
        static_cast<std::string*>(all)->append(reinterpret_cast<const char*>(map.data), map.size);
        gst_buffer_unmap(buffer, &map);
      }),
      &bytes);
  const BusPtr bus(gst_element_get_bus(pipeline));
  gst_element_set_state(pipeline, GST_STATE_PLAYING);
  const auto end = next_message(bus.get(), GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  EXPECT_TRUE(end && GST_MESSAGE_TYPE(end.get()) == GST_MESSAGE_EOS);
  gst_element_set_state(pipeline, GST_STATE_READY);
  g_signal_handler_disconnect(sink.get(), handler);
  return bytes;
}

TEST(DegradedStream, GivesTheSameBytesInEveryRun) {
  GError* error = nullptr;
  const ElementPtr pipeline(GST_ELEMENT(gst_object_ref_sink(gst_parse_launch(
      "videotestsrc num-buffers=4 pattern=gradient ! video/x-raw,format=I420,width=64,height=48 ! "
      "firstframedegrade blur-sigma=1 noise-sigma=10 ! fakesink name=sink signal-handoffs=true",
      &error))));
  ASSERT_FALSE(error) << error->message;
  const auto first = bytes_of_a_run(pipeline.get());
  EXPECT_EQ(first.size(), 4u * 64 * 48 * 3 / 2);
  EXPECT_TRUE(bytes_of_a_run(pipeline.get()) == first);
  gst_element_set_state(pipeline.get(), GST_STATE_NULL);
}

}  // namespace
}  // namespace firstframe
