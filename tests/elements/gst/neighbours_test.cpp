// A model that averages neighbours, in a stream: those are the frames before.

#include <random>

#include "core/colour/luma.h"
#include "core/colour/restore_picture.h"
#include "core/registration/neighbour_mean.h"
#include "core/training/trainer.h"
#include "io/model/model_file.h"
#include "io/picture/picture.h"
#include "tests/elements/gst/restore_harness.h"

namespace firstframe {
namespace {

constexpr std::int64_t kBefore = 2;

class Neighbours : public testing::Test {
 protected:
  // A linear filter that was told of its neighbours.
  std::string model_file() const {
    TrainSettings settings;
    settings.restorer = "linear";
    settings.threads = 1;
    const auto path = folder_.file("two.safetensors");
    write_model(path, train({pair_.degraded, pair_.clean, kBefore}, settings)->model());
    return path;
  }
  static Section picture(const GstVideoInfo& info, int number) {
    auto picture = degraded_scene(info);
    std::mt19937 random(static_cast<std::uint32_t>(number));
    const auto bytes = picture.size_in_bytes();
    for (std::size_t i = 0; i < bytes; i += picture.type() == SampleType::uint16 ? 2 : 1)
      picture.span().data[i] ^= static_cast<std::byte>(random() & 31);
    return picture;
  }
  static GstBuffer* frame(const GstVideoInfo& info, int number) {
    auto* buffer = timed(buffer_of(picture(info, number), info), number);
    GST_BUFFER_DURATION(buffer) = 40 * GST_MSECOND;
    return buffer;
  }
  // What core makes of a frame with those of these numbers.
  static Section expected(const Restorer& restorer, const GstVideoInfo& info, int number, const std::vector<int>& before) {
    const auto own = picture(info, number);
    std::vector<Section> lumas;
    for (const int other : before) lumas.push_back(luma_or_grey(picture(info, other).view()));
    std::vector<SectionView> views;
    for (const auto& luma : lumas) views.push_back(luma.view());
    Section restored(own.type(), own.channels(), own.extent());
    restore_averaged(restorer, own.view(), section_with_neighbours(luma_or_grey(own.view()).view(), views).view(), restored.span(), {});
    return restored;
  }
  // The frame that came out shows `number` averaged with `before`.
  static void expect_averaged(RestoreHarness& harness, const Restorer& restorer, const GstVideoInfo& info, int number,
                              const std::vector<int>& before) {
    const auto out = harness.pull();
    ASSERT_TRUE(out) << number;
    ASSERT_EQ(GST_BUFFER_PTS(out.get()), static_cast<GstClockTime>(number) * 40 * GST_MSECOND);
    EXPECT_EQ(different_bytes(seen_in(out.get(), info), expected(restorer, info, number, before)), 0u) << number;
  }

  const TrainingPair pair_ = scene_pair(kFrame);
  const GstVideoInfo info_ = video_info_of(caps_text("GRAY8"));
  TestFolder folder_;
};

class NeighboursIn : public Neighbours, public testing::WithParamInterface<std::tuple<const char*, int>> {};

TEST_P(NeighboursIn, AreTheFramesBeforeWithoutAnyToWaitFor) {
  const auto [format, in_flight] = GetParam();
  const auto path = model_file();
  const auto restorer = make_restorer(read_model(path));
  RestoreHarness harness({{"model-location", path}, {"frames-in-flight", std::to_string(in_flight)}, {"threads", "2"}});
  const auto caps = caps_text(format, kFrame, ",colorimetry=1:4:0:0");
  const auto info = video_info_of(caps);
  harness.set_caps(caps);
  for (int i = 0; i < 6; ++i) ASSERT_EQ(harness.push(frame(info, i)), GST_FLOW_OK);
  ASSERT_TRUE(gst_harness_push_event(harness.get(), gst_event_new_eos()));
  expect_averaged(harness, *restorer, info, 0, {});
  expect_averaged(harness, *restorer, info, 1, {0});
  for (int i = 2; i < 6; ++i) expect_averaged(harness, *restorer, info, i, {i - 1, i - 2});
}

INSTANTIATE_TEST_SUITE_P(Format, NeighboursIn,
                         testing::Combine(testing::Values("GRAY8", "GRAY16_LE", "GRAY16_BE", "I420", "RGB"), testing::Values(1, 3)),
                         [](const auto& row) { return text(std::get<0>(row.param), "_", std::get<1>(row.param)); });

TEST_F(Neighbours, AddNoLatencyAndAreWarnedOfWhereAModelKnowsBothSides) {
  RestoreHarness harness({{"model-location", model_file()}});
  harness.set_caps(caps_text("GRAY8"));
  gst_harness_set_upstream_latency(harness.get(), 0);
  EXPECT_EQ(gst_harness_query_latency(harness.get()), 40 * GST_MSECOND);
  EXPECT_EQ(next_complaint(harness.bus(), GST_MESSAGE_WARNING, 1).text,
            "The model was trained on the mean of a section and 2 neighbours on both sides; a stream has the 2 frames before it. Where "
            "frames change fast that may restore less well than a model without neighbours: train one in the stream (neighbours=2), or "
            "without.");
}

TEST_F(Neighbours, AreForgottenByFlushesGapsAndOtherCaps) {
  const auto path = model_file();
  const auto restorer = make_restorer(read_model(path));
  RestoreHarness harness({{"model-location", path}});
  harness.set_caps(caps_text("GRAY8"));
  ASSERT_EQ(harness.push(frame(info_, 0)), GST_FLOW_OK);
  ASSERT_EQ(harness.push(frame(info_, 1)), GST_FLOW_OK);
  expect_averaged(harness, *restorer, info_, 0, {});
  expect_averaged(harness, *restorer, info_, 1, {0});
  harness.flush();
  ASSERT_EQ(harness.push(frame(info_, 2)), GST_FLOW_OK);
  expect_averaged(harness, *restorer, info_, 2, {});
  auto* after_gap = frame(info_, 3);
  GST_BUFFER_FLAG_SET(after_gap, GST_BUFFER_FLAG_DISCONT);
  ASSERT_EQ(harness.push(after_gap), GST_FLOW_OK);
  expect_averaged(harness, *restorer, info_, 3, {});
  ASSERT_EQ(harness.push(frame(info_, 4)), GST_FLOW_OK);
  expect_averaged(harness, *restorer, info_, 4, {3});
  const auto deep = caps_text("GRAY16_LE");
  harness.set_caps(deep);
  ASSERT_EQ(harness.push(frame(video_info_of(deep), 5)), GST_FLOW_OK);
  expect_averaged(harness, *restorer, video_info_of(deep), 5, {});
}

PropertyTexts linear_with(std::int64_t neighbours) {
  return {{"restorer", "linear"}, {"threads", "1"}, {"neighbours", text(neighbours)}};
}

TEST_F(Neighbours, AreAveragedInTrainingToo) {
  const auto saved = folder_.file("saved.safetensors");
  RestoreHarness harness(linear_with(kBefore) + PropertyTexts{{"save-model-location", saved}}, RestoreHarness::CleanPad::yes);
  harness.set_caps(caps_text("GRAY8"));
  gst_harness_set_src_caps_str(harness.clean(), caps_text("GRAY8").c_str());
  for (int i = 0; i < 5; ++i) ASSERT_EQ(harness.push(frame(info_, i)), GST_FLOW_OK);
  ASSERT_EQ(gst_harness_push(harness.clean(), timed(buffer_of(pair_.clean, info_), 3)), GST_FLOW_OK);  // has passed
  const auto live = harness.wait_until_live();
  ASSERT_TRUE(live);
  gint64 neighbours = 0;
  EXPECT_TRUE(gst_structure_get_int64(gst_message_get_structure(live.get()), "neighbours", &neighbours));
  EXPECT_EQ(neighbours, kBefore);
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(harness.pull());
  ASSERT_EQ(harness.push(frame(info_, 5)), GST_FLOW_OK);
  ASSERT_TRUE(harness.wait_for_progress(GST_PROGRESS_TYPE_COMPLETE));
  const auto model = read_model(saved);
  EXPECT_EQ(model.info.neighbours, kBefore);
  expect_averaged(harness, *make_restorer(model), info_, 5, {4, 3});
  EXPECT_THAT(model.info.settings, testing::HasSubstr(" neighbours-before=2"));
  RestoreHarness again({{"model-location", saved}});
  EXPECT_TRUE(again.wait_until_live());
  EXPECT_FALSE(next_message(again.bus(), GST_MESSAGE_WARNING, 0)) << "it was made for a stream";

  // The pair that was learned from is the frame averaged with the two before it.
  TrainSettings settings;
  settings.restorer = "linear";
  settings.threads = 1;
  const auto before = picture(info_, 2), first = picture(info_, 1);
  const std::vector<SectionView> views{before.view(), first.view()};
  const TrainingPair same{section_with_neighbours(picture(info_, 3).view(), views), pair_.clean, kBefore};
  EXPECT_EQ(train(same, settings)->info().pair_hash, model.info.pair_hash);
}

TEST_F(Neighbours, OfTheNextFrameAreThereForASignalThatGivesNoFrame) {
  RestoreHarness harness(linear_with(kBefore), RestoreHarness::CleanPad::yes);
  harness.set_caps(caps_text("GRAY8"));
  for (int i = 0; i < 3; ++i) ASSERT_EQ(harness.push(frame(info_, i)), GST_FLOW_OK);
  const CapsPtr caps(gst_caps_from_string(caps_text("GRAY8").c_str()));
  auto* clean = buffer_of(pair_.clean, info_);
  auto* degraded = frame(info_, 2);
  auto* clean_sample = gst_sample_new(clean, caps.get(), nullptr, nullptr);
  auto* degraded_sample = gst_sample_new(degraded, caps.get(), nullptr, nullptr);
  gboolean taken = TRUE;
  g_signal_emit_by_name(harness.element(), "adapt", degraded_sample, clean_sample, &taken);
  EXPECT_FALSE(taken);
  EXPECT_EQ(next_complaint(harness.bus(), GST_MESSAGE_WARNING).text,
            "adapt: neighbours is 2, and a frame that is given with its clean picture has none before it; give no degraded frame, so "
            "that the stream's next one is taken");
  g_signal_emit_by_name(harness.element(), "adapt", nullptr, clean_sample, &taken);
  EXPECT_TRUE(taken);
  ASSERT_EQ(harness.push(frame(info_, 3)), GST_FLOW_OK);
  EXPECT_TRUE(harness.wait_until_live());
  gst_sample_unref(clean_sample);
  gst_sample_unref(degraded_sample);
  gst_buffer_unref(clean);
  gst_buffer_unref(degraded);
}

TEST_F(Neighbours, AreMissedByTheFirstFrame) {
  write_picture(folder_.file("clean.png"), pair_.clean.view());
  const auto element = make_element(linear_with(kBefore) + PropertyTexts{{"clean-location", folder_.file("clean.png")}});
  const BusPtr bus(gst_bus_new());
  gst_element_set_bus(element.get(), bus.get());
  EXPECT_EQ(gst_element_set_state(element.get(), GST_STATE_PAUSED), GST_STATE_CHANGE_FAILURE);
  EXPECT_EQ(next_complaint(bus.get()).text,
            "neighbours: 2 frames before the annotated one are to be averaged with it, and the one that clean-location belongs to has "
            "none before it; send the clean picture of a later frame to the pad clean, with that frame's time, or by the signal adapt, "
            "or leave neighbours at 0.");
  gst_element_set_state(element.get(), GST_STATE_NULL);
  gst_element_set_bus(element.get(), nullptr);

  RestoreHarness harness(linear_with(kBefore), RestoreHarness::CleanPad::yes);
  harness.set_caps(caps_text("GRAY8"));
  gst_harness_set_src_caps_str(harness.clean(), caps_text("GRAY8").c_str());
  for (int i = 0; i < 3; ++i) ASSERT_EQ(harness.push(frame(info_, i)), GST_FLOW_OK);
  EXPECT_EQ(gst_harness_push(harness.clean(), timed(buffer_of(pair_.clean, info_), 1)), GST_FLOW_ERROR);
  EXPECT_EQ(next_complaint(harness.bus()).text,
            "neighbours: 2 frames are to be averaged with the one that the clean picture belongs to, and 1 came before it; send the "
            "picture of a later frame, to the pad clean with that frame's time or by the signal adapt, or leave neighbours at 0");
}

// Frames that pass a training by, without a copy, are neighbours of those after them all the same.
TEST_F(Neighbours, AreAlsoThoseThatPassed) {
  RestoreHarness harness(small_training("") + PropertyTexts{{"neighbours", "2"}, {"train-seconds", "600"}}, RestoreHarness::CleanPad::yes);
  harness.set_caps(caps_text("GRAY8"));
  gst_harness_set_src_caps_str(harness.clean(), caps_text("GRAY8").c_str());
  for (int i = 0; i < 4; ++i) ASSERT_EQ(harness.push(frame(info_, i)), GST_FLOW_OK);
  ASSERT_EQ(gst_harness_push(harness.clean(), timed(buffer_of(pair_.clean, info_), 3)), GST_FLOW_OK);
  for (int i = 4; i < 8; ++i) ASSERT_EQ(harness.push(frame(info_, i)), GST_FLOW_OK);  // the training runs
  const CapsPtr caps(gst_caps_from_string(caps_text("GRAY8").c_str()));
  auto* clean = buffer_of(pair_.clean, info_);
  auto* sample = gst_sample_new(clean, caps.get(), nullptr, nullptr);
  gboolean taken = FALSE;
  g_signal_emit_by_name(harness.element(), "adapt", nullptr, sample, &taken);
  EXPECT_TRUE(taken);
  EXPECT_EQ(harness.push(frame(info_, 8)), GST_FLOW_OK) << "too few had come before it";
  EXPECT_FALSE(next_message(harness.bus(), GST_MESSAGE_ERROR, 0));
  gst_sample_unref(sample);
  gst_buffer_unref(clean);
}

}  // namespace
}  // namespace firstframe
