// Live streams against the clock: for a machine that does nothing else. FIRSTFRAME_LIVE_SECONDS says how long.

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <thread>

#include "core/training/trainer.h"
#include "io/model/model_file.h"
#include "io/picture/picture.h"
#include "tests/elements/gst/restore_harness.h"

namespace firstframe {
namespace {

constexpr Extent kScan{512, 512};

int seconds_wanted() {
  const char* text = std::getenv("FIRSTFRAME_LIVE_SECONDS");
  return text ? std::atoi(text) : 20;
}

double resident_megabytes() {
  std::ifstream file("/proc/self/statm");
  double all = 0, resident = 0;
  file >> all >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

// What arrives at the sink, seen by a probe before the sink waits for the clock.
struct Arrivals {
  GstElement* pipeline = nullptr;
  std::atomic<guint64> frames{0}, gaps{0}, late{0};
  GstClockTime expected = GST_CLOCK_TIME_NONE;

  static GstPadProbeReturn seen(GstPad* pad, GstPadProbeInfo* info, gpointer data) {
    auto& self = *static_cast<Arrivals*>(data);
    const auto* buffer = GST_PAD_PROBE_INFO_BUFFER(info);
    const auto pts = GST_BUFFER_PTS(buffer);
    if (GST_CLOCK_TIME_IS_VALID(self.expected) && pts > self.expected + GST_MSECOND) ++self.gaps;
    self.expected = pts + GST_BUFFER_DURATION(buffer);
    const auto now = gst_element_get_current_running_time(self.pipeline);
    const auto latency = gst_pipeline_get_configured_latency(GST_PIPELINE(self.pipeline));
    if (GST_CLOCK_TIME_IS_VALID(now) && now > pts + latency) ++self.late;
    ++self.frames;
    (void)pad;
    return GST_PAD_PROBE_OK;
  }
  static GstClockTime gst_pipeline_get_configured_latency(GstPipeline* pipeline) {
    auto* query = gst_query_new_latency();
    GstClockTime least = 0;
    if (gst_element_query(GST_ELEMENT(pipeline), query)) gst_query_parse_latency(query, nullptr, &least, nullptr);
    gst_query_unref(query);
    return least;
  }
};

class LiveStream : public testing::Test {
 protected:
  LiveStream() {
    const auto pair = scene_pair(kScan, SampleType::uint16);
    write_picture(folder_.file("clean.png"), pair.clean.view());
    write_picture(folder_.file("degraded.png"), pair.degraded.view());
  }

  void start(const std::string& rate, const std::string& properties, const std::string& pattern = "ball") {
    GError* error = nullptr;
    pipeline_.reset(GST_ELEMENT(gst_object_ref_sink(gst_parse_launch(
        text("videotestsrc is-live=true pattern=", pattern, " ! capsfilter name=caps caps=", caps_text("GRAY16_LE", kScan, ",framerate=" + rate),
             " ! queue ! firstframerestore name=restore degraded-location=", folder_.file("degraded.png"), " clean-location=",
             folder_.file("clean.png"), " ", properties, " ! queue ! fakesink name=sink sync=true")
            .c_str(),
        &error))));
    ASSERT_FALSE(error) << error->message;
    restore_.reset(gst_bin_get_by_name(GST_BIN(pipeline_.get()), "restore"));
    const ElementPtr sink(gst_bin_get_by_name(GST_BIN(pipeline_.get()), "sink"));
    arrivals_.pipeline = pipeline_.get();
    auto* pad = gst_element_get_static_pad(sink.get(), "sink");
    gst_pad_add_probe(pad, GST_PAD_PROBE_TYPE_BUFFER, Arrivals::seen, &arrivals_, nullptr);
    gst_object_unref(pad);
    ASSERT_NE(gst_element_set_state(pipeline_.get(), GST_STATE_PLAYING), GST_STATE_CHANGE_FAILURE);
  }
  void TearDown() override {
    if (pipeline_) gst_element_set_state(pipeline_.get(), GST_STATE_NULL);
  }
  void say(const char* what) const {
    GstStructure* stats = nullptr;
    g_object_get(restore_.get(), "stats", &stats, nullptr);
    gchar* line = gst_structure_to_string(stats);
    std::printf("%s: %lu frames at the sink, %lu gaps, %lu late, %.1f MB; %s\n", what,
                static_cast<unsigned long>(arrivals_.frames), static_cast<unsigned long>(arrivals_.gaps),
                static_cast<unsigned long>(arrivals_.late), resident_megabytes(), line);
    g_free(line);
    gst_structure_free(stats);
  }
  guint64 stat(const char* field) const {
    GstStructure* stats = nullptr;
    guint64 value = 0;
    g_object_get(restore_.get(), "stats", &stats, nullptr);
    EXPECT_TRUE(gst_structure_get_uint64(stats, field, &value));
    gst_structure_free(stats);
    return value;
  }

  TestFolder folder_;
  ElementPtr pipeline_, restore_;
  Arrivals arrivals_;
};

TEST_F(LiveStream, Of30FramesASecondLosesNoneWhileItTrainsAndAfter) {
  ASSERT_NO_FATAL_FAILURE(start("30/1", std::getenv("FIRSTFRAME_LIVE_PROPERTIES") ? std::getenv("FIRSTFRAME_LIVE_PROPERTIES") : "train-seconds=5 max-latency=66"));
  const int seconds = std::max(15, seconds_wanted());
  const int settled = std::min(60, seconds / 2);
  std::this_thread::sleep_for(std::chrono::seconds(settled));
  const double before = resident_megabytes();
  say("settled");
  std::this_thread::sleep_for(std::chrono::seconds(seconds - settled));
  say("at the end");
  EXPECT_GE(arrivals_.frames, static_cast<guint64>(30 * (seconds - 1)));
  EXPECT_EQ(arrivals_.gaps, 0u);
  EXPECT_LE(arrivals_.late, 1u) << "the first frame may be, which waits for the pipeline to start";
  EXPECT_LE(resident_megabytes(), 1.02 * before);
  EXPECT_LE(stat("p99-delay"), stat("latency"));
  EXPECT_GT(stat("max-delay"), 0u) << "no frame was restored";
}

// Four times what the machine can restore: every frame comes out, in time, at less quality, which returns with the load.
TEST_F(LiveStream, OfFourTimesTheSustainableRateKeepsItsTime) {
  ASSERT_NO_FATAL_FAILURE(start("10/1", "train-steps=150"));
  const BusPtr bus(gst_element_get_bus(pipeline_.get()));
  for (bool is_live = false; !is_live;) {
    const auto message = next_message(bus.get(), GST_MESSAGE_ELEMENT | GST_MESSAGE_ERROR, 120);
    ASSERT_TRUE(message) << "no model in two minutes";
    is_live = gst_message_has_name(message.get(), "firstframe-model-live");
  }
  std::this_thread::sleep_for(std::chrono::seconds(3));
  const double slow = static_cast<double>(stat("median-delay")) / GST_SECOND;
  ASSERT_GT(slow, 0) << "the model is not live yet";
  const int rate = std::max(40, static_cast<int>(4 / slow));
  say("before");
  const ElementPtr caps(gst_bin_get_by_name(GST_BIN(pipeline_.get()), "caps"));
  const auto change_rate = [&](int now) {
    gst_util_set_object_arg(G_OBJECT(caps.get()), "caps", caps_text("GRAY16_LE", kScan, text(",framerate=", now, "/1")).c_str());
    // Applications do this when a LATENCY message comes; until then the sink keeps the latency of the rate before.
    std::this_thread::sleep_for(std::chrono::seconds(1));
    gst_bin_recalculate_latency(GST_BIN(pipeline_.get()));
    std::this_thread::sleep_for(std::chrono::seconds(1));
  };
  const auto degraded_before = stat("frames-degraded");
  change_rate(rate);
  const auto frames_before = arrivals_.frames.load(), late_before = arrivals_.late.load();
  std::this_thread::sleep_for(std::chrono::seconds(seconds_wanted()));
  std::printf("%lu of %lu frames came late to the sink\n", static_cast<unsigned long>(arrivals_.late - late_before),
              static_cast<unsigned long>(arrivals_.frames - frames_before));
  EXPECT_LE(100 * (arrivals_.late - late_before), arrivals_.frames - frames_before);
  std::printf("%d frames a second, one takes %.1f ms\n", rate, 1e3 * slow);
  say("overloaded");
  EXPECT_GT(stat("frames-degraded"), degraded_before + 10);
  EXPECT_EQ(arrivals_.gaps, 0u);
  EXPECT_LE(stat("p99-delay"), stat("latency"));
  change_rate(10);
  std::this_thread::sleep_for(std::chrono::seconds(20));
  say("calm again");
  GstStructure* stats = nullptr;
  g_object_get(restore_.get(), "stats", &stats, nullptr);
  EXPECT_STREQ(gst_structure_get_string(stats, "level"), "full");
  gst_structure_free(stats);
}

// Twice what the machine can restore, and every pixel moves: no tile can be kept.
TEST_F(LiveStream, OfAMovingSceneIsRestoredByALightNetworkWhereTheFullOneIsTooSlow) {
  ASSERT_NO_FATAL_FAILURE(start("5/1", "train-steps=150 threads=1", "smpte horizontal-speed=7"));
  const BusPtr bus(gst_element_get_bus(pipeline_.get()));
  const auto await = [&](const char* name) {
    while (const auto message = next_message(bus.get(), GST_MESSAGE_ELEMENT | GST_MESSAGE_ERROR, 120))
      if (gst_message_has_name(message.get(), name)) return true;
    return false;
  };
  ASSERT_TRUE(await("firstframe-model-live"));
  std::this_thread::sleep_for(std::chrono::seconds(3));
  const double slow = static_cast<double>(stat("median-delay")) / GST_SECOND;
  ASSERT_GT(slow, 0) << "the model is not live yet";
  const ElementPtr caps(gst_bin_get_by_name(GST_BIN(pipeline_.get()), "caps"));
  gst_util_set_object_arg(G_OBJECT(caps.get()), "caps",
                          caps_text("GRAY16_LE", kScan, text(",framerate=", static_cast<int>(2 / slow), "/1")).c_str());
  ASSERT_TRUE(await("firstframe-light-model"));
  say("trained");
  int light = 0, looks = 0;
  for (; looks < 50; ++looks) {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    GstStructure* stats = nullptr;
    g_object_get(restore_.get(), "stats", &stats, nullptr);
    light += std::string(gst_structure_get_string(stats, "level")) == "light network";
    gst_structure_free(stats);
  }
  say("ten seconds later");
  EXPECT_GE(light, 40) << "of " << looks << " looks";
  EXPECT_EQ(arrivals_.gaps, 0u);
}

// Frames a second of 1080p through one element.
double speed_of(const std::string& element, int frames) {
  GError* error = nullptr;
  const ElementPtr pipeline(GST_ELEMENT(gst_object_ref_sink(gst_parse_launch(
      text("videotestsrc pattern=ball num-buffers=", frames, " ! video/x-raw,format=I420,width=1920,height=1080 ! ", element, " ! fakesink")
          .c_str(),
      &error))));
  if (error) throw ArgumentError(error->message);
  const BusPtr bus(gst_element_get_bus(pipeline.get()));
  const auto began = g_get_monotonic_time();
  gst_element_set_state(pipeline.get(), GST_STATE_PLAYING);
  EXPECT_EQ(GST_MESSAGE_TYPE(next_message(bus.get(), GST_MESSAGE_EOS | GST_MESSAGE_ERROR, 300).get()), GST_MESSAGE_EOS);
  const double seconds = static_cast<double>(g_get_monotonic_time() - began) / G_USEC_PER_SEC;
  gst_element_set_state(pipeline.get(), GST_STATE_NULL);
  return frames / seconds;
}

// While a training runs on a processor of its own, frames pass about as fast as through `identity`.
TEST(PassingFrames, CostNoMoreThanIdentity) {
  const TestFolder folder;
  const Extent hd{1080, 1920};
  const auto pair = scene_pair(hd);
  write_picture(folder.file("clean.png"), pair.clean.view());
  write_picture(folder.file("degraded.png"), pair.degraded.view());
  const auto element = text("firstframerestore train-seconds=600 threads=1 clean-location=", folder.file("clean.png"),
                            " degraded-location=", folder.file("degraded.png"));
  speed_of("identity", 300);
  std::vector<double> ratios;
  for (int i = 0; i < 5; ++i) {
    const double identity = speed_of("identity", 1000), ours = speed_of(element, 1000);
    std::printf("identity %.0f frames/s, firstframerestore while it trains %.0f\n", identity, ours);
    ratios.push_back(ours / identity);
  }
  std::sort(ratios.begin(), ratios.end());
  std::printf("median ratio %.3f\n", ratios[2]);
  EXPECT_GE(ratios[2], 0.9);
}

}  // namespace
}  // namespace firstframe
