#include "io/model/model_file.h"
#include "io/picture/picture.h"
#include "tests/elements/gst/restore_harness.h"

namespace firstframe {
namespace {

class EndOfStream : public testing::Test {
 protected:
  EndOfStream() { write_picture(folder_.file("clean.png"), scene(kFrame).view()); }

  std::string clean() const { return folder_.file("clean.png"); }
  std::string model() const { return folder_.file("model.safetensors"); }
  static GstBuffer* degraded_frame() {
    return buffer_of(scene_pair(kFrame).degraded, video_info_of(caps_text("GRAY8")));
  }
  static void start(RestoreHarness& harness) {
    harness.set_caps(caps_text("GRAY8"));
    ASSERT_EQ(harness.push(degraded_frame()), GST_FLOW_OK);
  }
  // How often EOS has come out.
  static int eos_count(RestoreHarness& harness) {
    int count = 0;
    while (auto* event = gst_harness_try_pull_event(harness.get())) {
      count += GST_EVENT_TYPE(event) == GST_EVENT_EOS;
      gst_event_unref(event);
    }
    return count;
  }

  TestFolder folder_;
};

TEST_F(EndOfStream, GivesUpATrainingThatCameTooLateWithAWarning) {
  RestoreHarness harness(endless_training(clean()));
  start(harness);
  EXPECT_TRUE(gst_harness_push_event(harness.get(), gst_event_new_eos()));
  EXPECT_EQ(eos_count(harness), 1);
  EXPECT_EQ(
      next_complaint(harness.bus(), GST_MESSAGE_WARNING).text,
      "The stream ended before training did; no frame was restored. Use untrained-policy=hold or a smaller "
      "train-seconds.");
}

TEST_F(EndOfStream, AfterTrainingIsNothingSpecial) {
  RestoreHarness harness(linear_training(clean()));
  start(harness);
  ASSERT_TRUE(harness.wait_for_progress(GST_PROGRESS_TYPE_COMPLETE));
  EXPECT_TRUE(gst_harness_push_event(harness.get(), gst_event_new_eos()));
  EXPECT_EQ(eos_count(harness), 1);
  EXPECT_FALSE(next_message(harness.bus(), GST_MESSAGE_WARNING, 0));
}

TEST_F(EndOfStream, WaitsForAModelThatIsToBeSaved) {
  RestoreHarness harness(short_training(clean()) + PropertyTexts{{"save-model-location", model()}});
  start(harness);
  EXPECT_TRUE(gst_harness_push_event(harness.get(), gst_event_new_eos()));
  EXPECT_EQ(eos_count(harness), 1);
  EXPECT_EQ(read_model(model()).info.steps, kShortSteps);
  EXPECT_FALSE(next_message(harness.bus(), GST_MESSAGE_WARNING, 0));
}

TEST_F(EndOfStream, ThatWaitsIsWokenByReady) {
  RestoreHarness harness(endless_training(clean()) + PropertyTexts{{"save-model-location", model()}});
  start(harness);
  const auto eos = std::async(std::launch::async,
                              [&] { return gst_harness_push_event(harness.get(), gst_event_new_eos()); });
  ASSERT_EQ(eos.wait_for(std::chrono::seconds(1)), std::future_status::timeout);
  EXPECT_EQ(gst_element_set_state(harness.element(), GST_STATE_NULL), GST_STATE_CHANGE_SUCCESS);
  EXPECT_EQ(eos.wait_for(std::chrono::seconds(10)), std::future_status::ready);
  EXPECT_EQ(eos_count(harness), 0);
  EXPECT_FALSE(std::filesystem::exists(model()));
}

TEST_F(EndOfStream, ThatWaitsIsWokenByAFlush) {
  RestoreHarness harness(endless_training(clean()) + PropertyTexts{{"save-model-location", model()}});
  start(harness);
  const auto eos = std::async(std::launch::async,
                              [&] { return gst_harness_push_event(harness.get(), gst_event_new_eos()); });
  ASSERT_EQ(eos.wait_for(std::chrono::seconds(1)), std::future_status::timeout);
  gst_harness_push_event(harness.get(), gst_event_new_flush_start());
  EXPECT_EQ(eos.wait_for(std::chrono::seconds(10)), std::future_status::ready);
  EXPECT_EQ(eos_count(harness), 0);
}

// The frame after the seek has another size: were it taken for the pair, training would fail.
TEST_F(EndOfStream, IsFollowedByATrainingOnTheSameFirstFrameAfterASeek) {
  RestoreHarness harness(endless_training(clean()));
  start(harness);
  ASSERT_TRUE(gst_harness_push_event(harness.get(), gst_event_new_eos()));
  ASSERT_TRUE(harness.wait_for_progress(GST_PROGRESS_TYPE_CANCELED));
  harness.flush();
  const auto caps = caps_text("GRAY8", {60, 80});
  harness.set_caps(caps);
  EXPECT_EQ(harness.push(buffer_of(scene({60, 80}), video_info_of(caps))), GST_FLOW_OK);
  EXPECT_TRUE(harness.wait_for_progress(GST_PROGRESS_TYPE_CONTINUE));
}

}  // namespace
}  // namespace firstframe
