#include "io/model/model_file.h"
#include "io/picture/picture.h"
#include "tests/elements/gst/restore_harness.h"

namespace firstframe {
namespace {

struct Progress {
  GstProgressType type;
  std::string code, text;
};

Progress progress_of(GstMessage* message) {
  Progress progress;
  gchar *code, *text;
  gst_message_parse_progress(message, &progress.type, &code, &text);
  progress.code = code;
  progress.text = text;
  g_free(code);
  g_free(text);
  return progress;
}

class TrainingMessages : public testing::Test {
 protected:
  TrainingMessages() { write_picture(folder_.file("clean.png"), scene(kFrame).view()); }

  std::string clean() const { return folder_.file("clean.png"); }
  static void push_first_frame(RestoreHarness& harness) {
    harness.set_caps(caps_text("GRAY8"));
    EXPECT_EQ(harness.push(buffer_of(scene_pair(kFrame).degraded, video_info_of(caps_text("GRAY8")))),
              GST_FLOW_OK);
  }
  // PROGRESS up to the message that ends a training.
  static std::vector<Progress> progress_until_the_end(RestoreHarness& harness) {
    std::vector<Progress> all;
    while (const auto message = next_message(harness.bus(), GST_MESSAGE_PROGRESS)) {
      all.push_back(progress_of(message.get()));
      if (all.back().type != GST_PROGRESS_TYPE_START && all.back().type != GST_PROGRESS_TYPE_CONTINUE) break;
    }
    return all;
  }

  TestFolder folder_;
};

TEST_F(TrainingMessages, TellOfStartLossAndCompletion) {
  RestoreHarness harness(short_training(clean()));
  push_first_frame(harness);
  const auto all = progress_until_the_end(harness);
  ASSERT_GE(all.size(), 3u);
  for (const auto& progress : all) EXPECT_EQ(progress.code, "train");
  EXPECT_EQ(all.front().type, GST_PROGRESS_TYPE_START);
  EXPECT_EQ(all.front().text, "training residual");
  EXPECT_EQ(all[1].type, GST_PROGRESS_TYPE_CONTINUE);
  EXPECT_THAT(all[1].text, testing::HasSubstr("loss "));
  EXPECT_EQ(all.back().type, GST_PROGRESS_TYPE_COMPLETE);
  EXPECT_THAT(all.back().text,
              testing::AllOf(testing::StartsWith("residual trained in "), testing::HasSubstr("dB degraded"),
                             testing::HasSubstr("dB restored")));
}

TEST_F(TrainingMessages, ComeAtMostFourTimesASecond) {
  RestoreHarness harness(small_training(clean()) + PropertyTexts{{"train-seconds", "3"}});
  const auto began = g_get_monotonic_time();
  push_first_frame(harness);
  const auto all = progress_until_the_end(harness);
  const double seconds = static_cast<double>(g_get_monotonic_time() - began) / G_USEC_PER_SEC;
  EXPECT_LE(static_cast<double>(all.size()), 4 * seconds + 3);  // START, the first CONTINUE and COMPLETE
  EXPECT_GE(all.size(), 4u);
}

TEST_F(TrainingMessages, SayWhatTheModelIsWhenItGoesLive) {
  RestoreHarness harness(short_training(clean()));
  push_first_frame(harness);
  const auto live = harness.wait_until_live();
  ASSERT_TRUE(live);
  const auto* fields = gst_message_get_structure(live.get());
  EXPECT_STREQ(gst_structure_get_string(fields, "restorer"), "residual");
  gint64 steps = 0;
  gdouble seconds = 0, held_out = 0, held_out_degraded = 0;
  EXPECT_TRUE(gst_structure_get_int64(fields, "steps", &steps));
  EXPECT_EQ(steps, kShortSteps);
  EXPECT_TRUE(gst_structure_get_double(fields, "train-seconds", &seconds));
  EXPECT_GT(seconds, 0);
  EXPECT_TRUE(gst_structure_get_double(fields, "held-out-psnr", &held_out));
  EXPECT_TRUE(gst_structure_get_double(fields, "held-out-degraded-psnr", &held_out_degraded));
  EXPECT_GT(held_out, 10);
  EXPECT_GT(held_out_degraded, 10);
}

TEST_F(TrainingMessages, LeaveOutWhatWasNotMeasured) {
  RestoreHarness harness(linear_training(clean()) + PropertyTexts{{"held-out", "0"}});
  push_first_frame(harness);
  const auto live = harness.wait_until_live();
  ASSERT_TRUE(live);
  EXPECT_FALSE(gst_structure_has_field(gst_message_get_structure(live.get()), "held-out-psnr"));
}

TEST_F(TrainingMessages, BeginWithoutAFrameWhenThereIsADegradedPicture) {
  write_picture(folder_.file("degraded.png"), scene_pair(kFrame).degraded.view());
  RestoreHarness harness(linear_training(clean()) +
                         PropertyTexts{{"degraded-location", folder_.file("degraded.png")}});
  EXPECT_TRUE(harness.wait_until_live());
}

TEST_F(TrainingMessages, WarnWhenTheModelCannotBeSavedAndGoOnRestoring) {
  const auto unwritable = folder_.file("model.safetensors");
  std::filesystem::create_directories(unwritable + "/in-the-way");
  RestoreHarness harness(linear_training(clean()) +
                         PropertyTexts{{"save-model-location", unwritable}, {"untrained-policy", "hold"}});
  push_first_frame(harness);
  const auto warning = next_complaint(harness.bus(), GST_MESSAGE_WARNING);
  EXPECT_EQ(warning.domain, GST_RESOURCE_ERROR);
  EXPECT_EQ(warning.code, GST_RESOURCE_ERROR_WRITE);
  EXPECT_TRUE(harness.pull());
}

TEST_F(TrainingMessages, WarnOfAModelThatMakesNoPictureBetter) {
  RestoreHarness harness(small_training(clean()) + PropertyTexts{{"train-steps", "1"}, {"learning-rate", "0.05"}});
  push_first_frame(harness);
  EXPECT_TRUE(harness.wait_until_live()) << "nothing else is there to restore with";
  EXPECT_THAT(next_complaint(harness.bus(), GST_MESSAGE_WARNING).text, testing::HasSubstr("makes no picture better; train longer"));
}

TEST_F(TrainingMessages, ComeAfterTheModelFileIsThere) {
  const auto model = folder_.file("model.safetensors");
  RestoreHarness harness(linear_training(clean()) + PropertyTexts{{"save-model-location", model}});
  push_first_frame(harness);
  ASSERT_TRUE(harness.wait_for_progress(GST_PROGRESS_TYPE_COMPLETE));
  EXPECT_EQ(read_model(model).info.restorer, "linear");
}

}  // namespace
}  // namespace firstframe
