#include <thread>

#include "core/training/pair_hash.h"
#include "core/training/trainer.h"
#include "io/model/model_file.h"
#include "io/picture/picture.h"
#include "tests/elements/gst/restore_harness.h"

namespace firstframe {
namespace {

struct UnrefSample {
  void operator()(GstSample* sample) const { gst_sample_unref(sample); }
};
using SamplePtr = std::unique_ptr<GstSample, UnrefSample>;

SamplePtr sample_of(const Section& section, const std::string& caps) {
  const BufferPtr buffer(buffer_of(section, video_info_of(caps)));
  const CapsPtr parsed(gst_caps_from_string(caps.c_str()));
  return SamplePtr(gst_sample_new(buffer.get(), parsed.get(), nullptr, nullptr));
}

bool adapt(GstElement* element, GstSample* degraded, GstSample* clean) {
  gboolean is_accepted = FALSE;
  g_signal_emit_by_name(element, "adapt", degraded, clean, &is_accepted);
  return is_accepted;
}

class Adapt : public testing::Test {
 protected:
  Adapt() {
    write_picture(folder_.file("clean.png"), before_.clean.view());
    // The scene after the change: another picture, and negative.
    for (std::int64_t i = 0; i < kFrame.area(); ++i) {
      auto& value = after_.clean.samples<std::uint8_t>()[i];
      value = static_cast<std::uint8_t>(255 - value);
    }
  }

  PropertyTexts saving() const {
    return linear_training(folder_.file("clean.png")) + PropertyTexts{{"save-model-location", model_}};
  }
  SamplePtr degraded() const { return sample_of(after_.degraded, caps_text("GRAY8")); }
  SamplePtr clean() const { return sample_of(after_.clean, caps_text("GRAY8")); }
  static GstFlowReturn push(RestoreHarness& harness, const Section& frame) {
    return harness.push(buffer_of(frame, video_info_of(caps_text("GRAY8"))));
  }
  void go_live(RestoreHarness& harness) const {
    harness.set_caps(caps_text("GRAY8"));
    ASSERT_EQ(push(harness, before_.degraded), GST_FLOW_OK);
    ASSERT_TRUE(harness.wait_for_progress(GST_PROGRESS_TYPE_COMPLETE));
    while (harness.pull()) {
    }
  }
  Section restored(RestoreHarness& harness, const Section& frame) const {
    EXPECT_EQ(push(harness, frame), GST_FLOW_OK);
    const auto out = harness.pull();
    return out ? seen_in(out.get(), video_info_of(caps_text("GRAY8"))) : Section(frame);
  }
  bool has_learned(const TrainingPair& pair) const {
    return read_model(model_).info.pair_hash == pair_hash(pair);
  }

  const TrainingPair before_ = scene_pair(kFrame);
  TrainingPair after_ = scene_pair(kFrame, SampleType::uint8, 2);
  TestFolder folder_;
  const std::string model_ = folder_.file("model.safetensors");
};

TEST_F(Adapt, SwapsTheModelForOneOfTheNewPair) {
  RestoreHarness harness(saving());
  go_live(harness);
  const auto with_old = restored(harness, after_.degraded);
  ASSERT_TRUE(adapt(harness.element(), degraded().get(), clean().get()));
  ASSERT_TRUE(harness.wait_for_progress(GST_PROGRESS_TYPE_COMPLETE));
  EXPECT_TRUE(has_learned(after_));
  EXPECT_GT(different_bytes(restored(harness, after_.degraded), with_old),
            static_cast<std::size_t>(kFrame.area()) / 2);
}

TEST_F(Adapt, TakesTheNextFrameForTheDegradedOne) {
  RestoreHarness harness(saving());
  go_live(harness);
  ASSERT_TRUE(adapt(harness.element(), nullptr, clean().get()));
  EXPECT_FALSE(next_message(harness.bus(), GST_MESSAGE_PROGRESS, 0)) << "it trains before there is a frame";
  ASSERT_EQ(push(harness, after_.degraded), GST_FLOW_OK);
  ASSERT_TRUE(harness.wait_for_progress(GST_PROGRESS_TYPE_COMPLETE));
  EXPECT_TRUE(has_learned(after_));
}

TEST_F(Adapt, ReplacesATrainingThatRuns) {
  RestoreHarness harness(endless_training(folder_.file("clean.png")));
  harness.set_caps(caps_text("GRAY8"));
  ASSERT_EQ(push(harness, before_.degraded), GST_FLOW_OK);
  ASSERT_TRUE(harness.wait_for_progress(GST_PROGRESS_TYPE_CONTINUE));
  ASSERT_TRUE(adapt(harness.element(), degraded().get(), clean().get()));
  EXPECT_TRUE(harness.wait_for_progress(GST_PROGRESS_TYPE_CANCELED));
  EXPECT_TRUE(harness.wait_for_progress(GST_PROGRESS_TYPE_START));
  EXPECT_TRUE(harness.wait_for_progress(GST_PROGRESS_TYPE_CONTINUE));
}

TEST_F(Adapt, TheOldModelServesWhileTheNewOneTrains) {
  RestoreHarness first(saving());
  go_live(first);
  auto settings = endless_training("");
  settings.erase(settings.begin());
  RestoreHarness harness(settings + PropertyTexts{{"model-location", model_}, {"untrained-policy", "hold"}});
  harness.set_caps(caps_text("GRAY8"));
  const auto alone = restored(harness, before_.degraded);
  ASSERT_TRUE(adapt(harness.element(), degraded().get(), clean().get()));
  ASSERT_TRUE(harness.wait_for_progress(GST_PROGRESS_TYPE_CONTINUE));
  EXPECT_EQ(different_bytes(restored(harness, before_.degraded), alone), 0u);
}

TEST_F(Adapt, KeepsTheBetterModelAndSaysSo) {
  TrainSettings settings;
  settings.restorer = "linear";
  settings.threads = 1;
  write_model(model_, train(before_, settings)->model());
  RestoreHarness harness({{"model-location", model_},
                          {"train-steps", "1"},
                          {"patch", "16"},
                          {"batch", "1"},
                          {"learning-rate", "0.05"},
                          {"threads", "1"}});
  harness.set_caps(caps_text("GRAY8"));
  const auto with_old = restored(harness, before_.degraded);
  ASSERT_TRUE(harness.wait_until_live());  // the one that was loaded
  const auto again_degraded = sample_of(before_.degraded, caps_text("GRAY8"));
  const auto again_clean = sample_of(before_.clean, caps_text("GRAY8"));
  ASSERT_TRUE(adapt(harness.element(), again_degraded.get(), again_clean.get()));
  const auto kept = next_message(harness.bus(), GST_MESSAGE_ELEMENT | GST_MESSAGE_ERROR);
  ASSERT_TRUE(kept && gst_message_has_name(kept.get(), "firstframe-model-kept"));
  gdouble psnr = 0, psnr_kept = 0;
  const auto* fields = gst_message_get_structure(kept.get());
  EXPECT_TRUE(gst_structure_get_double(fields, "held-out-psnr", &psnr));
  EXPECT_TRUE(gst_structure_get_double(fields, "held-out-psnr-kept", &psnr_kept));
  EXPECT_LT(psnr, psnr_kept);
  const auto complete = next_message(harness.bus(), GST_MESSAGE_PROGRESS);
  gchar* text = nullptr;
  gst_message_parse_progress(complete.get(), nullptr, nullptr, &text);
  EXPECT_THAT(text, testing::HasSubstr("and is kept"));
  g_free(text);
  EXPECT_EQ(different_bytes(restored(harness, before_.degraded), with_old), 0u);
}

TEST_F(Adapt, IsAWarningWhereItFailsBesideALiveModel) {
  RestoreHarness harness(saving());
  go_live(harness);
  const auto constant = sample_of(Section(SampleType::uint8, 1, kFrame), caps_text("GRAY8"));
  ASSERT_TRUE(adapt(harness.element(), degraded().get(), constant.get()));
  EXPECT_THAT(next_complaint(harness.bus(), GST_MESSAGE_WARNING).text, testing::HasSubstr("constant"));
  EXPECT_GT(different_bytes(restored(harness, before_.degraded), before_.degraded), 0u);
  EXPECT_FALSE(next_message(harness.bus(), GST_MESSAGE_ERROR, 0));
}

TEST_F(Adapt, RefusesNonsenseWithAWarning) {
  RestoreHarness harness(saving());
  go_live(harness);
  const auto expect_refusal = [&](GstSample* degraded, GstSample* clean, const std::string& why) {
    EXPECT_FALSE(adapt(harness.element(), degraded, clean)) << why;
    EXPECT_THAT(next_complaint(harness.bus(), GST_MESSAGE_WARNING, 5).text, testing::HasSubstr(why));
  };
  const SamplePtr empty(gst_sample_new(nullptr, nullptr, nullptr, nullptr));
  const auto good = clean(), good_degraded = degraded();
  expect_refusal(good_degraded.get(), nullptr, "has no content");
  expect_refusal(nullptr, empty.get(), "has no buffer");
  const SamplePtr capless(gst_sample_new(gst_sample_get_buffer(good.get()), nullptr, nullptr, nullptr));
  expect_refusal(nullptr, capless.get(), "has no caps");
  const CapsPtr audio(gst_caps_from_string("audio/x-raw,format=S16LE,rate=8000,channels=1"));
  const SamplePtr sound(gst_sample_new(gst_sample_get_buffer(good.get()), audio.get(), nullptr, nullptr));
  expect_refusal(nullptr, sound.get(), "give raw video");
  const CapsPtr large(gst_caps_from_string(caps_text("GRAY8", {480, 640}).c_str()));
  const SamplePtr cut(gst_sample_new(gst_sample_get_buffer(good.get()), large.get(), nullptr, nullptr));
  expect_refusal(nullptr, cut.get(), "cannot be read");
  const CapsPtr packed(gst_caps_from_string(caps_text("v308").c_str()));
  const BufferPtr room(gst_buffer_new_allocate(nullptr, 4 * static_cast<gsize>(kFrame.area()), nullptr));
  const SamplePtr unsupported(gst_sample_new(room.get(), packed.get(), nullptr, nullptr));
  expect_refusal(nullptr, unsupported.get(), "is not supported");
  const auto other_size = sample_of(scene({50, 64}), caps_text("GRAY8", {50, 64}));
  expect_refusal(good_degraded.get(), other_size.get(), "50 x 64");
  expect_refusal(nullptr, other_size.get(), "50 x 64");
  const auto twice = sample_of(scene({96, 128}), caps_text("GRAY8", {96, 128}));
  expect_refusal(nullptr, twice.get(), "agreed on at scale 1");
  EXPECT_TRUE(adapt(harness.element(), nullptr, good.get()));
}

TEST_F(Adapt, IsRefusedBeforePaused) {
  RestoreHarness harness(saving());
  gst_element_set_state(harness.element(), GST_STATE_READY);
  EXPECT_FALSE(adapt(harness.element(), degraded().get(), clean().get()));
  EXPECT_THAT(next_complaint(harness.bus(), GST_MESSAGE_WARNING, 5).text, testing::HasSubstr("not started"));
}

TEST_F(Adapt, TakesTheFrameThatIsHeldForACleanPad) {
  RestoreHarness harness({{"restorer", "linear"},
                          {"threads", "1"},
                          {"untrained-policy", "hold"},
                          {"save-model-location", model_}},
                         RestoreHarness::CleanPad::yes);
  harness.set_caps(caps_text("GRAY8"));
  const auto held = std::async(std::launch::async, [&] { return push(harness, after_.degraded); });
  ASSERT_FALSE(ends_within(held, 1));
  ASSERT_TRUE(adapt(harness.element(), nullptr, clean().get()));
  ASSERT_TRUE(ends_within(held, 20));
  ASSERT_TRUE(harness.wait_for_progress(GST_PROGRESS_TYPE_COMPLETE));
  EXPECT_TRUE(has_learned(after_));
}

TEST_F(Adapt, OutlivesAFlush) {
  RestoreHarness harness(saving());
  go_live(harness);
  ASSERT_TRUE(adapt(harness.element(), nullptr, clean().get()));
  harness.flush();
  ASSERT_EQ(push(harness, after_.degraded), GST_FLOW_OK);
  harness.flush();
  ASSERT_TRUE(harness.wait_for_progress(GST_PROGRESS_TYPE_COMPLETE));
  EXPECT_TRUE(has_learned(after_));
}

TEST_F(Adapt, GoesOnWithItsOwnPairWhenTheCapsChange) {
  RestoreHarness harness(saving());
  go_live(harness);
  ASSERT_TRUE(adapt(harness.element(), degraded().get(), clean().get()));
  const auto caps = caps_text("I420", {60, 80});
  harness.set_caps(caps);
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(harness.push(buffer_of(scene({60, 80}), video_info_of(caps))), GST_FLOW_OK);
  ASSERT_TRUE(harness.wait_for_progress(GST_PROGRESS_TYPE_COMPLETE));
  EXPECT_TRUE(has_learned(after_));
  EXPECT_EQ(harness.push(buffer_of(scene({60, 80}), video_info_of(caps))), GST_FLOW_OK);
}

// Many retrainings from a thread of their own, while frames flow and states change.
TEST_F(Adapt, MayComeAtAnyTime) {
  auto settings = endless_training(folder_.file("clean.png"));
  RestoreHarness harness(settings + PropertyTexts{{"restorer", "linear"}});
  harness.set_caps(caps_text("GRAY8"));
  std::atomic<bool> is_over = false;
  std::thread application([&] {
    const auto some_degraded = degraded(), some_clean = clean();
    for (int i = 0; !is_over; ++i)
      adapt(harness.element(), i % 2 ? some_degraded.get() : nullptr, some_clean.get());
  });
  for (int round = 0; round < 20; ++round) {
    for (int i = 0; i < 5; ++i) {
      EXPECT_EQ(push(harness, before_.degraded), GST_FLOW_OK);
      EXPECT_TRUE(harness.pull());
    }
    if (round % 3 == 1) harness.flush();
    if (round % 3 == 2) {
      EXPECT_EQ(gst_element_set_state(harness.element(), GST_STATE_READY), GST_STATE_CHANGE_SUCCESS);
      EXPECT_EQ(gst_element_set_state(harness.element(), GST_STATE_PLAYING), GST_STATE_CHANGE_SUCCESS);
      harness.set_caps(caps_text("GRAY8"));
    }
  }
  is_over = true;
  application.join();
  while (const auto message = next_message(harness.bus(), GST_MESSAGE_ERROR, 0)) ADD_FAILURE() << "an error";
}

}  // namespace
}  // namespace firstframe
