#include "core/metrics/psnr.h"
#include "core/tiling/restore_tiled.h"
#include "core/training/trainer.h"
#include "io/picture/picture.h"
#include "tests/elements/gst/restore_harness.h"

namespace firstframe {
namespace {

constexpr int kPromptly = 10;  // seconds, far less than the training would take

class UntrainedPolicy : public testing::Test {
 protected:
  UntrainedPolicy() { write_picture(folder_.file("clean.png"), pair_.clean.view()); }

  std::string clean() const { return folder_.file("clean.png"); }
  GstBuffer* degraded_frame() const { return buffer_of(pair_.degraded, info_); }

  const TrainingPair pair_ = scene_pair(kFrame);
  const GstVideoInfo info_ = video_info_of(caps_text("GRAY8"));
  TestFolder folder_;
};

TEST_F(UntrainedPolicy, HoldRestoresTheFirstFrame) {
  RestoreHarness harness(short_training(clean()) + PropertyTexts{{"untrained-policy", "hold"}});
  harness.set_caps(caps_text("GRAY8"));
  ASSERT_EQ(harness.push(degraded_frame()), GST_FLOW_OK);
  const auto out = harness.pull();
  ASSERT_TRUE(out);
  EXPECT_GT(psnr(seen_in(out.get(), info_).view(), pair_.clean.view()),
            psnr(pair_.degraded.view(), pair_.clean.view()) + 0.5);
}

TEST_F(UntrainedPolicy, HoldRestoresAsATrainingOutsideTheStreamDoes) {
  TrainSettings settings;
  settings.restorer = "linear";
  settings.threads = 1;
  const auto expected = restore(*train(pair_, settings), pair_.degraded.view());

  RestoreHarness harness(linear_training(clean()) + PropertyTexts{{"untrained-policy", "hold"}});
  harness.set_caps(caps_text("GRAY8"));
  ASSERT_EQ(harness.push(degraded_frame()), GST_FLOW_OK);
  const auto out = harness.pull();
  ASSERT_TRUE(out);
  EXPECT_EQ(different_bytes(seen_in(out.get(), info_), expected), 0u);
}

TEST_F(UntrainedPolicy, HoldIsWokenByAFlushAndHoldsAgain) {
  RestoreHarness harness(endless_training(clean()) + PropertyTexts{{"untrained-policy", "hold"}});
  harness.set_caps(caps_text("GRAY8"));
  for (int round = 0; round < 3; ++round) {
    const auto push = harness.push_later(degraded_frame());
    ASSERT_FALSE(ends_within(push, 1)) << "nothing held the frame in round " << round;
    gst_harness_push_event(harness.get(), gst_event_new_flush_start());
    EXPECT_TRUE(ends_within(push, kPromptly));
    harness.end_flush();
  }
  EXPECT_FALSE(harness.pull());
}

TEST_F(UntrainedPolicy, HoldIsWokenByReady) {
  RestoreHarness harness(endless_training(clean()) + PropertyTexts{{"untrained-policy", "hold"}});
  harness.set_caps(caps_text("GRAY8"));
  auto push = harness.push_later(degraded_frame());
  ASSERT_TRUE(harness.wait_for_progress(GST_PROGRESS_TYPE_START));
  ASSERT_FALSE(ends_within(push, 1));
  const auto began = g_get_monotonic_time();
  EXPECT_EQ(gst_element_set_state(harness.element(), GST_STATE_READY), GST_STATE_CHANGE_SUCCESS);
  EXPECT_LT(g_get_monotonic_time() - began, kPromptly * G_USEC_PER_SEC);
  ASSERT_TRUE(ends_within(push, kPromptly));
  EXPECT_EQ(push.get(), GST_FLOW_FLUSHING);
  EXPECT_TRUE(harness.wait_for_progress(GST_PROGRESS_TYPE_CANCELED));
}

TEST_F(UntrainedPolicy, HoldEndsWithAnErrorWhenTrainingFails) {
  RestoreHarness harness(
      PropertyTexts{{"clean-location", clean()}, {"untrained-policy", "hold"}, {"patch", "500"}});
  harness.set_caps(caps_text("GRAY8"));
  EXPECT_EQ(harness.push(degraded_frame()), GST_FLOW_ERROR);
  EXPECT_EQ(next_complaint(harness.bus()).code, GST_RESOURCE_ERROR_SETTINGS);
  EXPECT_EQ(harness.push(degraded_frame()), GST_FLOW_ERROR);
  EXPECT_FALSE(next_message(harness.bus(), GST_MESSAGE_ERROR, 0)) << "one failure, one error";
}

TEST_F(UntrainedPolicy, DropLetsNothingThroughBeforeTheModel) {
  RestoreHarness harness(endless_training(clean()) + PropertyTexts{{"untrained-policy", "drop"}});
  harness.set_caps(caps_text("GRAY8"));
  for (int frame = 0; frame < 3; ++frame) EXPECT_EQ(harness.push(degraded_frame()), GST_FLOW_OK);
  EXPECT_FALSE(harness.pull());
}

TEST_F(UntrainedPolicy, DropLetsRestoredFramesThroughAndMarksTheGap) {
  RestoreHarness harness(linear_training(clean()) + PropertyTexts{{"untrained-policy", "drop"}});
  harness.set_caps(caps_text("GRAY8"));
  ASSERT_EQ(harness.push(degraded_frame()), GST_FLOW_OK);
  harness.wait_until_live();
  while (harness.pull()) {  // training may have been quicker than the first frame
  }
  ASSERT_EQ(harness.push(degraded_frame()), GST_FLOW_OK);
  const auto out = harness.pull();
  ASSERT_TRUE(out);
  EXPECT_TRUE(GST_BUFFER_FLAG_IS_SET(out.get(), GST_BUFFER_FLAG_DISCONT));
  EXPECT_GT(different_bytes(seen_in(out.get(), info_), pair_.degraded), 0u);
}

TEST_F(UntrainedPolicy, PassthroughSwapsTheModelInBetweenFrames) {
  RestoreHarness harness(linear_training(clean()));
  harness.set_caps(caps_text("GRAY8"));
  ASSERT_EQ(harness.push(degraded_frame()), GST_FLOW_OK);
  ASSERT_TRUE(harness.pull());
  harness.wait_until_live();
  ASSERT_EQ(harness.push(degraded_frame()), GST_FLOW_OK);
  const auto out = harness.pull();
  ASSERT_TRUE(out);
  EXPECT_GT(different_bytes(seen_in(out.get(), info_), pair_.degraded), 0u);
}

TEST_F(UntrainedPolicy, TheModelOutlivesAFlush) {
  RestoreHarness harness(linear_training(clean()) + PropertyTexts{{"untrained-policy", "drop"}});
  harness.set_caps(caps_text("GRAY8"));
  ASSERT_EQ(harness.push(degraded_frame()), GST_FLOW_OK);
  harness.wait_until_live();
  harness.flush();
  ASSERT_EQ(harness.push(degraded_frame()), GST_FLOW_OK);
  EXPECT_TRUE(harness.pull()) << "the frame was dropped as if there were no model";
}

}  // namespace
}  // namespace firstframe
