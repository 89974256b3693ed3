#pragma once

#include <functional>
#include <random>

#include "core/training/trainer.h"
#include "io/model/model_file.h"
#include "io/picture/picture.h"
#include "tests/elements/gst/restore_harness.h"

namespace firstframe {

inline constexpr GstClockTime kFrameTime = 40 * GST_MSECOND;
inline constexpr Extent kLarge{200, 300};  // several tiles, several milliseconds

inline std::vector<guint8> bytes_of(GstBuffer* buffer) {
  std::vector<guint8> bytes(gst_buffer_get_size(buffer));
  gst_buffer_extract(buffer, 0, bytes.data(), bytes.size());
  return bytes;
}

// Models; trained once.
struct FlightModels {
  FlightModels() {
    TrainSettings settings;
    settings.restorer = "residual";
    settings.patch = 16;
    settings.width = 8;
    settings.depth = 4;
    settings.steps = 5;
    settings.threads = 1;
    write_model(folder.file("residual.safetensors"), train(pair, settings)->model());
    settings.restorer = "linear";
    settings.width = settings.depth = settings.patch = 0;
    write_model(folder.file("linear.safetensors"), train(pair, settings)->model());
  }
  const TrainingPair pair = scene_pair(kFrame);
  TestFolder folder;
};

class FramesInFlight : public testing::Test {
 protected:
  PropertyTexts with(int frames, const std::string& restorer = "residual", const PropertyTexts& more = {}) const {
    return PropertyTexts{{"model-location", models_->folder.file(restorer + ".safetensors")},
                         {"frames-in-flight", std::to_string(frames)},
                         {"threads", std::to_string(std::max(1, frames))}} + more;
  }
  // A frame of its own noise, so that no two are alike.
  static GstBuffer* frame(int number, Extent extent = kFrame) {
    auto picture = scene(extent);
    std::mt19937 random(static_cast<std::uint32_t>(number));
    for (std::int64_t i = 0; i < extent.area(); ++i) picture.samples<std::uint8_t>()[i] ^= random() & 15;
    auto* buffer = timed(buffer_of(picture, video_info_of(caps_text("GRAY8", extent))), number);
    GST_BUFFER_DURATION(buffer) = kFrameTime;
    GST_BUFFER_OFFSET(buffer) = static_cast<guint64>(number);
    return buffer;
  }
  // Numbers of the frames that came out since the last call.
  static std::vector<int> numbers(RestoreHarness& harness) {
    std::vector<int> found;
    while (const auto out = harness.pull()) found.push_back(static_cast<int>(GST_BUFFER_PTS(out.get()) / kFrameTime));
    return found;
  }
  static std::vector<int> range(int first, int last) {
    std::vector<int> wanted;
    for (int i = first; i < last; ++i) wanted.push_back(i);
    return wanted;
  }
  static void say_late(RestoreHarness& harness, int number, GstClockTimeDiff late) {
    gst_harness_push_upstream_event(
        harness.get(), gst_event_new_qos(GST_QOS_TYPE_UNDERFLOW, 2.0, late, static_cast<GstClockTime>(number) * kFrameTime));
  }
  static guint64 counted(RestoreHarness& harness, const char* field) {
    GstStructure* stats = nullptr;
    g_object_get(harness.element(), "stats", &stats, nullptr);
    guint64 value = G_MAXUINT64;
    EXPECT_TRUE(gst_structure_get_uint64(stats, field, &value)) << field;
    gst_structure_free(stats);
    return value;
  }

  const FlightModels* models_ = &shared();

 private:
  static const FlightModels& shared() {
    static const FlightModels models;
    return models;
  }
};

class FramesInFlightOf : public FramesInFlight, public testing::WithParamInterface<int> {};

}  // namespace firstframe
