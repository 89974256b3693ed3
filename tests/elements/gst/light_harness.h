#pragma once

#include "core/tiling/restore_tiled.h"
#include "core/training/trainer.h"
#include "elements/gst/light_settings.h"
#include "io/model/model_file.h"
#include "io/picture/picture.h"
#include "tests/elements/gst/restore_harness.h"

namespace firstframe {

/// A firstframerestore that trained a model in its stream, to be told that its frames come late.
class LightHarness : public RestoreHarness {
 public:
  LightHarness(const TrainingPair& pair, const PropertyTexts& properties, CleanPad clean_pad = CleanPad::no)
      : RestoreHarness(properties, clean_pad), frame_(pair.degraded) {
    set_caps(caps_text("GRAY8"));
  }

  /// Frames show this from now on; the pair's degraded section before.
  void show(const Section& frame) { frame_ = frame; }

  /// Pushes a frame. \param late  what the sink says of the one before it
  bool push_frame(GstClockTimeDiff late) {
    const auto now = time_of(number_);
    late = std::max(late, -static_cast<GstClockTimeDiff>(now));
    if (number_ > 0) gst_harness_push_upstream_event(get(), gst_event_new_qos(GST_QOS_TYPE_UNDERFLOW, late > 0 ? 2.0 : 0.5, late, now));
    auto* buffer = timed(buffer_of(frame_, info_), number_++);
    GST_BUFFER_DURATION(buffer) = time_of(1);
    return push(buffer) == GST_FLOW_OK;
  }
  bool push_late() { return push_frame(400 * GST_MSECOND); }
  bool push_in_time() { return push_frame(-static_cast<GstClockTimeDiff>(400 * GST_MSECOND)); }

  /// What came out last; nothing when nothing did since the last call.
  std::optional<Section> last() {
    BufferPtr last;
    while (auto out = pull()) last = std::move(out);
    if (!last) return std::nullopt;
    return seen_in(last.get(), info_);
  }
  std::optional<Section> restored_in_time() {
    last();
    EXPECT_TRUE(push_in_time());
    return last();
  }

  std::string level() { return stat("level"); }

  void wait_until_trained() {
    for (int i = 0; i < 200 && stat("training") != "done"; ++i) g_usleep(10000);
    EXPECT_EQ(stat("training"), "done");
  }

  /// Until nothing is restored any more; the next frame then asks for a lighter model.
  void fall() {
    for (int i = 0; i < 20 && level() != "passthrough"; ++i) ASSERT_TRUE(push_late());
    ASSERT_EQ(level(), "passthrough");
    ASSERT_TRUE(push_late());
  }

  /// The next element message of that name; nullptr when none comes.
  MessagePtr next_named(const char* name, int seconds = 20) {
    while (auto message = next_message(bus(), GST_MESSAGE_ELEMENT, seconds))
      if (gst_message_has_name(message.get(), name)) return message;
    return nullptr;
  }

 private:
  static GstClockTime time_of(int number) { return static_cast<GstClockTime>(number) * 40 * GST_MSECOND; }

  Section frame_;
  const GstVideoInfo info_ = video_info_of(caps_text("GRAY8"));
  int number_ = 0;
};

/// Trainings of a second, and the models that they give.
class LightModelTest : public testing::Test {
 protected:
  LightModelTest() { write_picture(folder_.file("clean.png"), pair_.clean.view()); }

  static constexpr std::int64_t kSteps = 200;

  PropertyTexts learning(const PropertyTexts& more = {}) const {
    return small_training(folder_.file("clean.png")) + PropertyTexts{{"train-steps", std::to_string(kSteps)}} + more;
  }
  /// The same settings in C++.
  static TrainSettings settings() {
    TrainSettings settings;
    settings.patch = 16;
    settings.batch = 2;
    settings.noise_jitter = 1;
    settings.threads = 1;
    settings.steps = kSteps;
    return settings;
  }
  static TrainSettings halved(TrainSettings settings) {
    settings.width = 16;
    settings.depth = 6;
    return settings;
  }
  static Section restored(const Restorer& restorer, const Section& degraded) {
    RestoreSettings settings;
    settings.threads = 1;
    return restore(restorer, degraded.view(), settings);
  }
  static void go_live(LightHarness& harness) {
    ASSERT_TRUE(harness.push_in_time());
    ASSERT_TRUE(harness.next_named("firstframe-model-live"));
    ASSERT_TRUE(harness.wait_for_progress(GST_PROGRESS_TYPE_COMPLETE));
    harness.wait_until_trained();  // the thread ends after its last message
  }

  const TrainingPair pair_ = scene_pair(kFrame);
  TestFolder folder_;
};

}  // namespace firstframe
