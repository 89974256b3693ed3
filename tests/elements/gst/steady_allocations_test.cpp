// What a frame costs the allocator once a stream has settled: nothing of ours, and what LibTorch's operators take.

#include <cstdio>

#include "core/training/trainer.h"
#include "io/model/model_file.h"
#include "tests/elements/gst/restore_harness.h"
#include "tests/support/allocations.h"

namespace firstframe {
namespace {

constexpr Extent kLarge{512, 512};  // several tiles
constexpr int kWarm = 30, kCounted = 20;  // frames

std::string model_of(const TestFolder& folder, const std::string& restorer, std::int64_t scale = 1) {
  TrainSettings settings;
  settings.restorer = restorer;
  settings.steps = restorer == "linear" ? 0 : 5;
  settings.patch = restorer == "residual" ? 16 : 0;
  settings.threads = 1;
  const auto path = folder.file(restorer + ".safetensors");
  write_model(path, train(scale > 1 ? small_pair({96, 96}, scale) : scene_pair({96, 96}), settings)->model());
  return path;
}

// Of one frame in the mean, by who asked.
using PerFrame = std::map<std::string, Tally>;

class SteadyAllocations : public testing::Test {
 protected:
  // \param late  whether downstream says that frames come late, so that quality falls to "unchanged tiles kept"
  PerFrame count(const std::string& model, const std::string& format, const std::string& threads, bool late = false) {
    RestoreHarness stream({{"model-location", model}, {"threads", threads}});
    const auto caps = caps_text(format, kLarge);
    stream.set_caps(caps);
    const auto info = video_info_of(caps);
    const BufferPtr frame(timed(buffer_of(degraded_scene(info), info), 0));
    const auto run = [&](int frames) {
      for (int i = 0; i < frames; ++i) {
        if (late && i % 2 == 0) gst_harness_push_upstream_event(stream.get(), gst_event_new_qos(GST_QOS_TYPE_UNDERFLOW, 1, GST_SECOND, 0));
        EXPECT_EQ(stream.push(gst_buffer_ref(frame.get())), GST_FLOW_OK);
        EXPECT_TRUE(stream.pull());
      }
    };
    run(kWarm);
    AllocationWatch watch;
    run(kCounted);
    return watch.stop();
  }

  // "libtorch_cpu.so.1.13: 12.0 a frame, 34567 bytes; at most 64 bytes 3.0, ..."
  static void say(const std::string& what, const PerFrame& found) {
    for (const auto& [library, tally] : found) {
      std::printf("%s, %s: %.1f a frame, %.0f bytes;", what.c_str(), library.c_str(), static_cast<double>(tally.count) / kCounted,
                  static_cast<double>(tally.bytes) / kCounted);
      for (const auto& [bytes, number] : tally.by_size)
        std::printf(" to %zu bytes %.1f", bytes, static_cast<double>(number) / kCounted);
      std::printf("\n");
    }
  }

  static std::string asked_by(const PerFrame& found) {
    std::string names;
    for (const auto& [library, tally] : found) names += text(names.empty() ? "" : ", ", library, " ", tally.count);
    return names;
  }

  TestFolder folder_;
};

TEST_F(SteadyAllocations, AreNoneOfTheLinearRestorer) {
  const auto model = model_of(folder_, "linear");
  for (const auto* format : {"GRAY8", "GRAY16_BE", "I420", "RGB"})
    for (const auto* threads : {"1", "2"}) {
      const auto found = count(model, format, threads);
      say(text(format, ", threads ", threads), found);
      EXPECT_EQ(asked_by(found), "") << format << ", threads " << threads;
    }
}

TEST_F(SteadyAllocations, AreNoneOfLargerFrames) {
  const auto found = count(model_of(folder_, "linear", 2), "I420", "1");
  say("scale 2", found);
  EXPECT_EQ(asked_by(found), "");
}

// The rest is LibTorch's, whose operators take memory for what they give.
TEST_F(SteadyAllocations, OfNetworksAreLibTorchsAlone) {
  for (const auto* restorer : {"residual", "rnn"}) {
    const auto found = count(model_of(folder_, restorer), "GRAY8", "1");
    say(restorer, found);
    for (const auto& [library, tally] : found)
      EXPECT_THAT(library, testing::AnyOf(testing::StartsWith("libtorch"), testing::StartsWith("libc10"), testing::StartsWith("libdnnl"),
                                          testing::StartsWith("libopenblas"), testing::StartsWith("libblas"), testing::StartsWith("libgomp")))
          << tally.count << " allocations";
    EXPECT_FALSE(found.empty()) << "nothing was counted";
  }
}

}  // namespace
}  // namespace firstframe
