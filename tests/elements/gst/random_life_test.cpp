// Seeks, flushes, caps and property changes and state cycles in random order. FIRSTFRAME_LIFE_EVENTS says how many.

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "core/training/trainer.h"
#include "io/model/model_file.h"
#include "io/picture/picture.h"
#include "tests/elements/gst/restore_harness.h"

namespace firstframe {
namespace {

constexpr int kPatience = 20;  // seconds that any one event may take

int events_wanted() {
  const char* text = std::getenv("FIRSTFRAME_LIFE_EVENTS");
  return text ? std::atoi(text) : 250;
}

class Life {
 public:
  explicit Life(const TestFolder& folder) : folder_(folder) {
    GError* error = nullptr;
    pipeline_.reset(GST_ELEMENT(gst_object_ref_sink(
        gst_parse_launch("videotestsrc name=source ! capsfilter name=caps ! firstframerestore name=restore ! fakesink name=sink", &error))));
    if (error) throw ArgumentError(error->message);
    bus_.reset(gst_element_get_bus(pipeline_.get()));
    restore_.reset(gst_bin_get_by_name(GST_BIN(pipeline_.get()), "restore"));
    caps_.reset(gst_bin_get_by_name(GST_BIN(pipeline_.get()), "caps"));
    set("clean-location", folder_.file("clean.png"));
    set("patch", "16");
    set("batch", "2");
    set("threads", "1");
    set("train-steps", "40");
    const ElementPtr sink(gst_bin_get_by_name(GST_BIN(pipeline_.get()), "sink"));
    auto* pad = gst_element_get_static_pad(sink.get(), "sink");
    gst_pad_add_probe(pad, GST_PAD_PROBE_TYPE_BUFFER, count, &frames_, nullptr);
    gst_object_unref(pad);
    change_caps();
    go(GST_STATE_PLAYING);
  }
  ~Life() { gst_element_set_state(pipeline_.get(), GST_STATE_NULL); }

  void event() {
    switch (random_() % 14) {
      case 0: return cycle(GST_STATE_READY);
      case 1: return cycle(GST_STATE_NULL);
      case 2: return go(random_() % 2 ? GST_STATE_PAUSED : GST_STATE_PLAYING);
      case 3: return change_caps();
      case 4: return set("window", random_() % 2 ? "gaussian" : "uniform");
      case 5: return set("restorer", std::array{"linear", "residual", "rnn"}[random_() % 3]);
      case 6: return set("untrained-policy", std::array{"passthrough", "drop", "hold"}[random_() % 3]);
      case 7: return set("overload-policy", std::array{"adapt", "drop", "passthrough"}[random_() % 3]);
      case 8: return set("max-latency", random_() % 2 ? "0" : "1");
      case 9: return set("model-location", random_() % 2 ? folder_.file("model.safetensors") : "");
      case 10: return set("frames-in-flight", std::array{"0", "1", "2", "3", "8"}[random_() % 5]);
      case 11: return set("threads", random_() % 2 ? "1" : "2");
      default: return seek();
    }
  }

  int frames() const { return frames_; }
  int errors() const { return errors_; }

  // Whether frames still come through in the end.
  bool flows() {
    set("model-location", folder_.file("model.safetensors"));
    cycle(GST_STATE_NULL);
    go(GST_STATE_PLAYING);
    const ElementPtr sink(gst_bin_get_by_name(GST_BIN(pipeline_.get()), "sink"));
    for (int i = 0; i < 100 * kPatience; ++i) {
      GstSample* sample = nullptr;
      g_object_get(sink.get(), "last-sample", &sample, nullptr);
      if (sample) {
        gst_sample_unref(sample);
        return true;
      }
      g_usleep(10000);
    }
    return false;
  }

 private:
  void set(const char* name, const std::string& value) { gst_util_set_object_arg(G_OBJECT(restore_.get()), name, value.c_str()); }

  void go(GstState state) {
    if (gst_element_set_state(pipeline_.get(), state) == GST_STATE_CHANGE_FAILURE) recover();
    g_usleep(random_() % 20000);
    drain();
  }
  void cycle(GstState state) {
    // A bin may answer FAILURE to READY where an error came while it was still on its way to PLAYING; never to NULL.
    if (gst_element_set_state(pipeline_.get(), state) != GST_STATE_CHANGE_SUCCESS) recover();
    go(GST_STATE_PLAYING);
  }
  void seek() {
    // In the middle of a preroll it may be refused, which is fine; it may not hang. Without the flush a seek waits in
    // PAUSED for a sink that waits for PLAYING, whatever elements there are.
    gst_element_seek_simple(pipeline_.get(), GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH, static_cast<gint64>(random_() % 100) * GST_SECOND);
    g_usleep(random_() % 10000);
    drain();
  }
  void change_caps() {
    const std::array formats{"GRAY8", "GRAY16_LE", "I420", "RGB", "BGRx"};
    const std::array extents{kFrame, Extent{64, 48}, Extent{33, 47}, Extent{130, 98}};
    gst_util_set_object_arg(G_OBJECT(caps_.get()), "caps",
                            caps_text(formats[random_() % formats.size()], extents[random_() % extents.size()]).c_str());
    g_usleep(random_() % 10000);
    drain();
  }
  // A pair of sizes that do not go together is an error, as it should be; life goes on after it.
  void drain() {
    bool has_failed = false;
    while (const auto message = next_message(bus_.get(), GST_MESSAGE_ANY, 0))
      has_failed = has_failed || GST_MESSAGE_TYPE(message.get()) == GST_MESSAGE_ERROR;
    if (has_failed) recover();
  }
  static GstPadProbeReturn count(GstPad*, GstPadProbeInfo*, gpointer frames) {
    ++*static_cast<std::atomic<int>*>(frames);
    return GST_PAD_PROBE_OK;
  }
  void recover() {
    ++errors_;
    EXPECT_EQ(gst_element_set_state(pipeline_.get(), GST_STATE_NULL), GST_STATE_CHANGE_SUCCESS);
    while (next_message(bus_.get(), GST_MESSAGE_ANY, 0)) {
    }
    gst_element_set_state(pipeline_.get(), GST_STATE_PLAYING);
  }

  const TestFolder& folder_;
  std::atomic<int> frames_{0};
  int errors_ = 0;
  ElementPtr pipeline_, restore_, caps_;
  BusPtr bus_;
  std::mt19937 random_{20};
};

TEST(RandomLife, NeitherHangsNorStopsTheStream) {
  const TestFolder folder;
  const auto pair = scene_pair(kFrame);
  write_picture(folder.file("clean.png"), pair.clean.view());
  TrainSettings settings;
  settings.restorer = "linear";
  write_model(folder.file("model.safetensors"), train(pair, settings)->model());
  Life life(folder);
  for (int i = 0; i < events_wanted(); ++i) {
    const auto began = g_get_monotonic_time();
    ASSERT_NO_FATAL_FAILURE(life.event()) << "event " << i;
    ASSERT_LT(g_get_monotonic_time() - began, kPatience * G_USEC_PER_SEC) << "event " << i;
  }
  std::printf("%d events, %d frames, %d errors\n", events_wanted(), life.frames(), life.errors());
  EXPECT_GT(life.frames(), events_wanted()) << "the stream stood still";
  EXPECT_LT(3 * life.errors(), 2 * events_wanted()) << "it was hardly alive";
  EXPECT_TRUE(life.flows());
}

}  // namespace
}  // namespace firstframe
