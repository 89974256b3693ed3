// What a frame costs the allocator once a stream has settled: nothing.

#include <cstdio>

#include "core/engine/row_kernels.h"
#include "core/training/trainer.h"
#include "io/model/model_file.h"
#include "tests/elements/gst/restore_harness.h"
#include "tests/support/allocations.h"

namespace firstframe {
namespace {

struct Frames {
  Extent extent{512, 512};  // several tiles
  int warm = 30, counted = 20;
};

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

using ByLibrary = std::map<std::string, Tally>;

class SteadyAllocations : public testing::Test {
 protected:
  ByLibrary count(const std::string& model, const std::string& format, const std::string& threads, const Frames& frames = {}) {
    RestoreHarness stream({{"model-location", model}, {"threads", threads}});
    const auto caps = caps_text(format, frames.extent);
    stream.set_caps(caps);
    const auto info = video_info_of(caps);
    const BufferPtr frame(timed(buffer_of(degraded_scene(info), info), 0));
    const auto run = [&](int number) {
      for (int i = 0; i < number; ++i) {
        EXPECT_EQ(stream.push(gst_buffer_ref(frame.get())), GST_FLOW_OK);
        EXPECT_TRUE(stream.pull());
      }
    };
    run(frames.warm);
    AllocationWatch watch;
    run(frames.counted);
    auto found = watch.stop();
    std::erase_if(found, [](const auto& entry) { return entry.first.starts_with("libgstcheck"); });  // the harness's queue
    for (const auto& [library, tally] : found) {
      std::printf("%s, %s, %d frames: %zu allocations, %zu bytes;", format.c_str(), library.c_str(), frames.counted, tally.count, tally.bytes);
      for (const auto& [bytes, number] : tally.by_size) std::printf(" to %zu bytes %zu", bytes, number);
      std::printf("\n");
    }
    return found;
  }

  static std::size_t number_in(const ByLibrary& found) {
    std::size_t number = 0;
    for (const auto& [library, tally] : found) number += tally.count;
    return number;
  }

  TestFolder folder_;
};

TEST_F(SteadyAllocations, AreNoneOfTheLinearRestorer) {
  const auto model = model_of(folder_, "linear");
  for (const auto* format : {"GRAY8", "GRAY16_BE", "I420", "RGB"}) EXPECT_EQ(number_in(count(model, format, "1")), 0u) << format;
}

TEST_F(SteadyAllocations, OfSeveralThreadsAreThoseOfAThreadThatComesLate) {
  EXPECT_LT(number_in(count(model_of(folder_, "linear"), "GRAY8", "2")), 20u) << "one a frame";
}

TEST_F(SteadyAllocations, AreNoneOfLargerFrames) {
  EXPECT_EQ(number_in(count(model_of(folder_, "linear", 2), "I420", "1")), 0u);
}

TEST_F(SteadyAllocations, AreNoneOfAConvolutionalNetwork) {
  if (!row_kernels(false)) GTEST_SKIP() << "this processor has no kernels: LibTorch runs the network";
  EXPECT_EQ(number_in(count(model_of(folder_, "residual"), "GRAY8", "1", {.warm = 5, .counted = 5})), 0u);
  EXPECT_EQ(number_in(count(model_of(folder_, "unet"), "GRAY8", "1", {.extent = {120, 280}, .warm = 5, .counted = 5})), 0u);
}

TEST_F(SteadyAllocations, AreNoneOfANetworkForPatches) {
  if (!row_kernels(false)) GTEST_SKIP() << "this processor has no kernels: LibTorch runs the network";
  EXPECT_EQ(number_in(count(model_of(folder_, "rnn"), "GRAY8", "1", {.extent = {120, 280}, .warm = 5, .counted = 5})), 0u);
}

}  // namespace
}  // namespace firstframe
