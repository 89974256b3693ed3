#include <fstream>

#include "core/training/trainer.h"
#include "io/model/model_file.h"
#include "tests/elements/gst/restore_harness.h"

namespace firstframe {
namespace {

Model trained_on(const TrainingPair& pair) {
  TrainSettings settings;
  settings.restorer = "linear";
  return train(pair, settings)->model();
}

TrainingPair colour_pair() { return {colour_scene(kFrame, true), colour_scene(kFrame, false)}; }

Complaint complaint_at_start(const std::string& model, const PropertyTexts& more = {}) {
  const auto element = make_element(PropertyTexts{{"model-location", model}} + more);
  const BusPtr bus(gst_bus_new());
  gst_element_set_bus(element.get(), bus.get());
  EXPECT_EQ(gst_element_set_state(element.get(), GST_STATE_PAUSED), GST_STATE_CHANGE_FAILURE);
  auto complaint = next_complaint(bus.get(), GST_MESSAGE_ERROR, 0);
  gst_element_set_state(element.get(), GST_STATE_NULL);
  gst_element_set_bus(element.get(), nullptr);
  return complaint;
}

TEST(LoadedModel, RestoresFromTheFirstFrameOnWithoutTraining) {
  const TestFolder folder;
  write_model(folder.file("model.safetensors"), trained_on(scene_pair(kFrame)));
  RestoreHarness harness({{"model-location", folder.file("model.safetensors")}});
  EXPECT_TRUE(harness.wait_until_live());
  harness.set_caps(caps_text("GRAY8"));
  const auto degraded = scene_pair(kFrame).degraded;
  ASSERT_EQ(harness.push(buffer_of(degraded, video_info_of(caps_text("GRAY8")))), GST_FLOW_OK);
  const auto out = harness.pull();
  ASSERT_TRUE(out);
  EXPECT_GT(different_bytes(seen_in(out.get(), video_info_of(caps_text("GRAY8"))), degraded), 0u);
  EXPECT_FALSE(next_message(harness.bus(), GST_MESSAGE_PROGRESS, 0));
}

TEST(LoadedModel, ThatIsMissingIsNamed) {
  const auto error = complaint_at_start("eye.safetensors");
  EXPECT_EQ(error.domain, GST_RESOURCE_ERROR);
  EXPECT_EQ(error.code, GST_RESOURCE_ERROR_NOT_FOUND);
  EXPECT_THAT(error.text, testing::HasSubstr("eye.safetensors"));
}

TEST(LoadedModel, OfTheOtherIntensityIsRefused) {
  const TestFolder folder;
  auto model = trained_on(scene_pair(kFrame));
  model.info.intensity = IntensityDomain::log;
  write_model(folder.file("log.safetensors"), model);
  const auto error = complaint_at_start(folder.file("log.safetensors"), {{"intensity", "linear"}});
  EXPECT_EQ(error.domain, GST_RESOURCE_ERROR);
  EXPECT_EQ(error.code, GST_RESOURCE_ERROR_SETTINGS);
  EXPECT_EQ(error.text,
            "intensity: the frames are said to be linear, the model was trained on log ones; convert the frames, train on such ones, or "
            "leave intensity at unknown");
}

TEST(LoadedModel, OfAnotherProgramIsRefused) {
  const TestFolder folder;
  std::ofstream(folder.file("foreign.safetensors"), std::ios::binary)
      << std::string("\2\0\0\0\0\0\0\0{}", 10);
  const auto error = complaint_at_start(folder.file("foreign.safetensors"));
  EXPECT_EQ(error.domain, GST_STREAM_ERROR);
  EXPECT_EQ(error.code, GST_STREAM_ERROR_FORMAT);
}

TEST(LoadedModel, ThatIsCutIsRefused) {
  const TestFolder folder;
  const auto path = folder.file("model.safetensors");
  write_model(path, trained_on(scene_pair(kFrame)));
  std::filesystem::resize_file(path, std::filesystem::file_size(path) - 100);
  EXPECT_EQ(complaint_at_start(path).code, GST_STREAM_ERROR_FORMAT);
}

TEST(LoadedModel, WhoseTrainingFoundThatTheEnsembleLosesIsRefusedWithIt) {
  const TestFolder folder;
  auto model = trained_on(scene_pair(kFrame));
  model.info.ensemble_gain = -0.5;
  write_model(folder.file("model.safetensors"), model);
  const auto error = complaint_at_start(folder.file("model.safetensors"), {{"ensemble", "8"}});
  EXPECT_EQ(error.domain, GST_RESOURCE_ERROR);
  EXPECT_EQ(error.code, GST_RESOURCE_ERROR_SETTINGS);
  EXPECT_THAT(error.text, testing::HasSubstr("ensemble: 8 lost 0.5 dB"));
}

TEST(LoadedModel, OfAnotherNumberOfChannelsIsRefusedAtTheFirstFrame) {
  const TestFolder folder;
  write_model(folder.file("colour.safetensors"), trained_on(colour_pair()));
  RestoreHarness harness({{"model-location", folder.file("colour.safetensors")}});
  harness.set_caps(caps_text("GRAY8"));
  EXPECT_EQ(harness.push(buffer_of(scene(kFrame), video_info_of(caps_text("GRAY8")))), GST_FLOW_ERROR);
  const auto error = next_complaint(harness.bus());
  EXPECT_EQ(error.domain, GST_STREAM_ERROR);
  EXPECT_THAT(error.text, testing::AllOf(testing::HasSubstr("3-channel"), testing::HasSubstr("has 1")));
}

TEST(LoadedModel, OfThreeChannelsRestoresColourDirectly) {
  const TestFolder folder;
  write_model(folder.file("colour.safetensors"), trained_on(colour_pair()));
  RestoreHarness harness({{"model-location", folder.file("colour.safetensors")}});
  harness.set_caps(caps_text("BGRx"));
  EXPECT_EQ(harness.push(buffer_of(colour_scene(), video_info_of(caps_text("BGRx")))), GST_FLOW_OK);
  EXPECT_TRUE(harness.pull());
}

}  // namespace
}  // namespace firstframe
