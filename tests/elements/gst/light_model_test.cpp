// A stream that its model is too slow for gets a lighter one.

#include <random>

#include "core/colour/restore_picture.h"
#include "core/metrics/psnr.h"
#include "core/registration/neighbour_mean.h"
#include "tests/elements/gst/light_harness.h"

namespace firstframe {
namespace {

struct UnrefSample {
  void operator()(GstSample* sample) const { gst_sample_unref(sample); }
};
using SamplePtr = std::unique_ptr<GstSample, UnrefSample>;

SamplePtr sample_of(const Section& section) {
  const BufferPtr buffer(buffer_of(section, video_info_of(caps_text("GRAY8"))));
  const CapsPtr caps(gst_caps_from_string(caps_text("GRAY8").c_str()));
  return SamplePtr(gst_sample_new(buffer.get(), caps.get(), nullptr, nullptr));
}

bool adapt(LightHarness& harness, const Section* degraded, const Section& clean) {
  const auto frame = degraded ? sample_of(*degraded) : nullptr, picture = sample_of(clean);
  gboolean is_accepted = FALSE;
  g_signal_emit_by_name(harness.element(), "adapt", frame.get(), picture.get(), &is_accepted);
  return is_accepted;
}

bool adapt(LightHarness& harness, const TrainingPair& pair) { return adapt(harness, &pair.degraded, pair.clean); }

TEST_F(LightModelTest, RestoresFramesThatTheFullOneIsTooSlowFor) {
  LightHarness harness(pair_, learning());
  ASSERT_NO_FATAL_FAILURE(go_live(harness));
  const auto full = harness.restored_in_time();
  ASSERT_NO_FATAL_FAILURE(harness.fall());
  EXPECT_EQ(different_bytes(*harness.last(), pair_.degraded), 0u) << "frames pass while it trains";
  ASSERT_TRUE(harness.next_named("firstframe-light-model"));

  const auto now = harness.restored_in_time();
  EXPECT_EQ(harness.level(), "light network");
  const auto light = train(pair_, halved(settings()));
  ASSERT_TRUE(full && now);
  EXPECT_EQ(different_bytes(*now, restored(*light, pair_.degraded)), 0u);
  EXPECT_GT(different_bytes(*now, *full), 0u);
  EXPECT_GT(psnr(now->view(), pair_.clean.view()), psnr(pair_.degraded.view(), pair_.clean.view()) + 0.5);
}

TEST_F(LightModelTest, IsToldOfOnTheBus) {
  LightHarness harness(pair_, learning());
  ASSERT_NO_FATAL_FAILURE(go_live(harness));
  ASSERT_NO_FATAL_FAILURE(harness.fall());
  const auto message = harness.next_named("firstframe-light-model");
  ASSERT_TRUE(message);
  const auto* fields = gst_message_get_structure(message.get());
  const auto light = train(pair_, halved(settings())), full = train(pair_, settings());
  gint64 width = 0, depth = 0, steps = 0;
  EXPECT_TRUE(gst_structure_get(fields, "width", G_TYPE_INT64, &width, "depth", G_TYPE_INT64, &depth, "steps", G_TYPE_INT64, &steps, nullptr));
  EXPECT_EQ(width, 16);
  EXPECT_EQ(depth, 6);
  EXPECT_EQ(steps, kSteps);
  gdouble psnr = 0, psnr_full = 0;
  EXPECT_TRUE(gst_structure_get(fields, "held-out-psnr", G_TYPE_DOUBLE, &psnr, "held-out-psnr-full", G_TYPE_DOUBLE, &psnr_full, nullptr));
  EXPECT_EQ(psnr, *light->info().held_out_psnr);
  EXPECT_EQ(psnr_full, *full->info().held_out_psnr);
  EXPECT_FALSE(next_message(harness.bus(), GST_MESSAGE_PROGRESS | GST_MESSAGE_WARNING, 0)) << "gst-launch-1.0 would wait for its end";
}

// Quality falls to nothing and rises to the light network: it does not begin anew at full.
TEST_F(LightModelTest, ChangesTheQualityOnce) {
  LightHarness harness(pair_, learning());
  ASSERT_NO_FATAL_FAILURE(go_live(harness));
  ASSERT_NO_FATAL_FAILURE(harness.fall());
  ASSERT_TRUE(harness.next_named("firstframe-light-model"));
  while (next_message(harness.bus(), GST_MESSAGE_QOS, 0)) {
  }
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(harness.push_in_time());
  const auto message = next_message(harness.bus(), GST_MESSAGE_QOS, 0);
  ASSERT_TRUE(message);
  gint quality = 0;
  gst_message_parse_qos_values(message.get(), nullptr, nullptr, &quality);
  EXPECT_EQ(quality, 333334);
  EXPECT_FALSE(next_message(harness.bus(), GST_MESSAGE_QOS, 0));
  for (int i = 0; i < 60; ++i) ASSERT_TRUE(harness.push_in_time());
  EXPECT_EQ(harness.level(), "full") << "and goes when the load does";
  for (int i = 0; i < 20 && harness.level() != "passthrough"; ++i) ASSERT_TRUE(harness.push_late());
  EXPECT_EQ(harness.level(), "passthrough") << "where it is too slow, too";
}

TEST_F(LightModelTest, IsThereAtOnceWhenCapsBeginAnew) {
  LightHarness harness(pair_, learning());
  ASSERT_NO_FATAL_FAILURE(go_live(harness));
  ASSERT_NO_FATAL_FAILURE(harness.fall());
  ASSERT_TRUE(harness.next_named("firstframe-light-model"));
  harness.set_caps(caps_text("GRAY8", kFrame, ",pixel-aspect-ratio=1/1"));
  ASSERT_TRUE(harness.push_in_time());
  ASSERT_EQ(harness.level(), "full");
  ASSERT_NO_FATAL_FAILURE(harness.fall());
  const auto now = harness.restored_in_time();
  EXPECT_EQ(harness.level(), "light network");
  EXPECT_GT(different_bytes(*now, pair_.degraded), 0u);
  EXPECT_FALSE(harness.next_named("firstframe-light-model", 0)) << "none is trained again";
}

TEST_F(LightModelTest, OfTheSceneBeforeIsNotUsedAfterAdapt) {
  auto after = scene_pair(kFrame, SampleType::uint8, 2);
  LightHarness harness(pair_, learning());
  ASSERT_NO_FATAL_FAILURE(go_live(harness));
  ASSERT_NO_FATAL_FAILURE(harness.fall());
  ASSERT_TRUE(harness.next_named("firstframe-light-model"));
  ASSERT_TRUE(adapt(harness, after));
  const auto meanwhile = harness.restored_in_time();
  EXPECT_EQ(harness.level(), "light network") << "while the new one trains, as the full one would";
  EXPECT_GT(different_bytes(*meanwhile, pair_.degraded), 0u);
  ASSERT_TRUE(harness.next_named("firstframe-model-live"));
  harness.wait_until_trained();
  ASSERT_TRUE(harness.push_in_time());
  EXPECT_EQ(harness.level(), "full");

  ASSERT_NO_FATAL_FAILURE(harness.fall());
  EXPECT_EQ(different_bytes(*harness.last(), pair_.degraded), 0u) << "there is none of the new scene yet";
  ASSERT_TRUE(harness.next_named("firstframe-light-model"));
  const auto now = harness.restored_in_time();
  EXPECT_EQ(different_bytes(*now, restored(*train(after, halved(settings())), pair_.degraded)), 0u);
}

// Trained for seconds, of which the lighter model has a third.
TEST_F(LightModelTest, IsGivenUpAtOnceByNull) {
  LightHarness harness(pair_, small_training(folder_.file("clean.png")) + PropertyTexts{{"train-seconds", "4"}});
  ASSERT_NO_FATAL_FAILURE(go_live(harness));
  ASSERT_NO_FATAL_FAILURE(harness.fall());
  EXPECT_FALSE(harness.next_named("firstframe-light-model", 0));
  const auto began = g_get_monotonic_time();
  gst_element_set_state(harness.element(), GST_STATE_NULL);
  EXPECT_LT(g_get_monotonic_time() - began, G_USEC_PER_SEC / 2);
  EXPECT_FALSE(harness.next_named("firstframe-light-model", 2));
}

TEST_F(LightModelTest, GivesWayToANewTraining) {
  LightHarness harness(pair_, small_training(folder_.file("clean.png")) + PropertyTexts{{"train-seconds", "3"}});
  ASSERT_NO_FATAL_FAILURE(go_live(harness));
  ASSERT_NO_FATAL_FAILURE(harness.fall());
  ASSERT_TRUE(adapt(harness, scene_pair(kFrame, SampleType::uint8, 2)));
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(harness.push_late());
  const auto next = next_message(harness.bus(), GST_MESSAGE_ELEMENT);
  ASSERT_TRUE(next);
  EXPECT_TRUE(gst_message_has_name(next.get(), "firstframe-model-live") || gst_message_has_name(next.get(), "firstframe-model-kept"))
      << "the lighter one would be there in a third of the time";
}

TEST_F(LightModelTest, IsNotUsedWhereItHarmsThePicture) {
  auto settings = LightModelTest::settings();
  settings.steps = 1;
  settings.learning_rate = 0.05;
  const auto light = train(pair_, halved(settings));
  ASSERT_LT(*light->info().held_out_psnr, *light->info().held_out_degraded_psnr);

  LightHarness harness(pair_, small_training(folder_.file("clean.png")) + PropertyTexts{{"train-steps", "1"}, {"learning-rate", "0.05"}});
  ASSERT_NO_FATAL_FAILURE(go_live(harness));
  ASSERT_NO_FATAL_FAILURE(harness.fall());
  EXPECT_FALSE(harness.next_named("firstframe-light-model", 2));
  EXPECT_EQ(different_bytes(*harness.restored_in_time(), pair_.degraded), 0u);
  EXPECT_EQ(harness.level(), "passthrough");
  EXPECT_FALSE(next_message(harness.bus(), GST_MESSAGE_ERROR, 0));
}

TEST_F(LightModelTest, NeedsThePairThatALoadedModelDoesNotHave) {
  auto quick = settings();
  quick.steps = 20;
  const auto file = folder_.file("loaded.safetensors");
  write_model(file, train(pair_, quick)->model());
  LightHarness harness(pair_, {{"model-location", file}, {"train-steps", "20"}, {"threads", "1"}});
  ASSERT_NO_FATAL_FAILURE(harness.fall());
  EXPECT_FALSE(harness.next_named("firstframe-light-model", 2));
  EXPECT_EQ(harness.level(), "passthrough");
}

TEST_F(LightModelTest, IsForThePolicyAdaptOnly) {
  LightHarness harness(pair_, learning({{"overload-policy", "passthrough"}}));
  ASSERT_NO_FATAL_FAILURE(go_live(harness));
  ASSERT_NO_FATAL_FAILURE(harness.fall());
  EXPECT_FALSE(harness.next_named("firstframe-light-model", 2));
  EXPECT_EQ(harness.level(), "passthrough");
}

TEST_F(LightModelTest, ServesFramesInFlight) {
  LightHarness harness(pair_, learning({{"frames-in-flight", "3"}, {"threads", "3"}}));
  ASSERT_NO_FATAL_FAILURE(go_live(harness));
  ASSERT_NO_FATAL_FAILURE(harness.fall());
  ASSERT_TRUE(harness.next_named("firstframe-light-model"));
  harness.last();
  for (int i = 0; i < 8; ++i) ASSERT_TRUE(harness.push_in_time());
  EXPECT_EQ(harness.level(), "light network");
  auto light_settings = halved(settings());
  light_settings.threads = 3;
  EXPECT_EQ(different_bytes(*harness.last(), restored(*train(pair_, light_settings), pair_.degraded)), 0u);
}

// The model and the lighter one are trained on the mean of three frames, and restore such means.
TEST_F(LightModelTest, AveragesAsManyFramesAsTheFullOne) {
  auto properties = learning({{"neighbours", "2"}});
  properties.erase(properties.begin());  // the clean picture is that of the third frame
  LightHarness harness(pair_, properties, RestoreHarness::CleanPad::yes);
  std::vector<Section> noisy;
  for (unsigned number = 0; number < 3; ++number) {
    noisy.push_back(pair_.degraded);
    std::mt19937 random(number);
    for (std::int64_t i = 0; i < kFrame.area(); ++i) noisy.back().samples<std::uint8_t>()[i] ^= random() & 7;
  }
  harness.show(noisy[0]);
  ASSERT_TRUE(harness.push_in_time());
  harness.show(noisy[1]);
  ASSERT_TRUE(harness.push_in_time());
  ASSERT_TRUE(adapt(harness, nullptr, pair_.clean));
  harness.show(noisy[2]);
  ASSERT_NO_FATAL_FAILURE(go_live(harness));
  ASSERT_NO_FATAL_FAILURE(harness.fall());
  ASSERT_TRUE(harness.next_named("firstframe-light-model"));

  // The two that were pushed before are alike; this is another one.
  harness.show(noisy[0]);
  const auto now = harness.restored_in_time();
  EXPECT_EQ(harness.level(), "light network");
  using Views = std::vector<SectionView>;
  const TrainingPair learned{section_with_neighbours(noisy[2].view(), Views{noisy[1].view(), noisy[0].view()}), pair_.clean, 2};
  const auto light = train(learned, halved(settings()));
  const auto mean = section_with_neighbours(noisy[0].view(), Views{noisy[2].view(), noisy[2].view()});
  Section expected(noisy[0]);
  RestoreSettings one_thread;
  one_thread.threads = 1;
  restore_averaged(*light, noisy[0].view(), mean.view(), expected.span(), one_thread);
  EXPECT_EQ(different_bytes(*now, expected), 0u);
}

}  // namespace
}  // namespace firstframe
