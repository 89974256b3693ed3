// On a CUDA GPU what device_restorer_test.cpp promises on the CPU, and what only a GPU can show: streams beside each other, recorded
// work, memory that really runs out, training. Skipped where LibTorch sees no GPU.

#include <c10/core/StreamGuard.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <array>
#include <cstdlib>
#include <thread>

#include "core/restorers/on_device/device_graph.h"
#include "core/tiling/restore_tiled.h"
#include "core/training/trainer.h"
#include "tests/core/support/networks.h"
#include "tests/core/support/sections.h"
#include "tests/core/support/trained.h"

namespace firstframe {
namespace {

using Runner = NetworkRestorer::Runner;

const NetworkCase kResidual{"residual", {{"width", 32}, {"blocks", 4}, {"unshuffle", 2}}};
const NetworkCase kRnn{"rnn",
                       {{"patch", 15}, {"latent", 200}, {"step_rows", 1}, {"step_cols", 15}, {"down", 1}, {"up", 0}, {"pixel", 0}}};

class Gpu : public testing::Test {
 protected:
  void SetUp() override {
    if (!torch::cuda::is_available()) {
      // tests/gpu/run.sh has seen one.
      ASSERT_EQ(std::getenv("FIRSTFRAME_GPU"), nullptr) << "LibTorch sees no CUDA GPU";
      GTEST_SKIP() << "skipped: LibTorch sees no CUDA GPU";
    }
    at::globalContext().setAllowTF32CuDNN(false);  // 10 bits of mantissa, LibTorch's choice for float32
  }

  static std::shared_ptr<const NetworkRestorer> on_gpu(const NetworkCase& one, torch::ScalarType compute = torch::kFloat32,
                                                       Runner runner = Runner::fastest) {
    return network_restorer(one, compute, runner, Border::reflect, torch::kCUDA);
  }
  static std::shared_ptr<const NetworkRestorer> on_cpu(const NetworkCase& one) {
    return network_restorer(one, torch::kFloat32, Runner::libtorch);
  }
};

TEST_F(Gpu, GivesInFloat32ThePictureOfTheProcessorWithEveryNetwork) {
  for (const auto& one : network_cases())
    for (const auto ensemble : ensembles_of(one)) {
      RestoreSettings settings;
      settings.ensemble = ensemble;
      const auto degraded = scramble(SampleType::float32, one.channels, {37, 51});
      const auto expected = restore(*on_cpu(one), degraded.view(), settings);
      EXPECT_LT(largest_difference(restore(*on_gpu(one), degraded.view(), settings), expected), 2e-4) << name_of(one) << ", whole";
      const auto tiles = on_gpu(one, torch::kFloat32, Runner::libtorch);
      EXPECT_LT(largest_difference(restore(*tiles, degraded.view(), settings), expected), 2e-4) << name_of(one) << ", tiles";
    }
}

TEST_F(Gpu, StaysNearFloat32InBf16) {
  for (const auto& one : {kResidual, kRnn}) {
    const auto degraded = scramble(SampleType::float32, 1, {100, 120});
    const auto expected = restore(*on_cpu(one), degraded.view());
    EXPECT_LT(largest_difference(restore(*on_gpu(one, torch::kBFloat16), degraded.view()), expected), 0.1) << one.restorer;
  }
}

TEST_F(Gpu, KeepsEveryDepth) {
  for (const auto type : {SampleType::uint8, SampleType::uint16}) {
    const auto degraded = scramble(type, 1, {90, 120});
    const auto most = 2e-4 + 1.001 / full_range(type).span();
    EXPECT_LT(largest_difference(restore(*on_gpu(kResidual), degraded.view()), restore(*on_cpu(kResidual), degraded.view())), most);
  }
}

// The first frame is computed plainly, the second recorded, the others replayed.
TEST_F(Gpu, GivesEveryFrameItsOwnPictureWhenWorkIsRecorded) {
  for (const auto& one : {kResidual, kRnn}) {
    const auto gpu = on_gpu(one);
    for (std::uint32_t seed = 1; seed <= 6; ++seed) {
      const auto degraded = scramble(SampleType::uint16, 1, {128, 200}, seed);
      EXPECT_LT(largest_difference(restore(*gpu, degraded.view()), restore(*on_cpu(one), degraded.view())), 3e-4)
          << one.restorer << ", frame " << seed;
    }
  }
}

TEST_F(Gpu, RecordsWorkOnAStreamOfItsOwn) {
  torch::InferenceMode inference;
  const c10::Device device(torch::kCUDA, 0);
  const auto input = torch::ones({1000}, device);
  auto output = torch::zeros({1000}, device);
  torch::cuda::synchronize();
  const c10::StreamGuard own(c10::impl::VirtualGuardImpl(torch::kCUDA).getStreamFromGlobalPool(device));
  const auto graph = record_graph(device, [&] { output.copy_(input * 2); });
  if (!graph) GTEST_SKIP() << "skipped: built without CUDA's headers, or LibTorch's CUDA refuses to record (it has said why)";
  input.fill_(4);
  graph->replay();
  own.current_stream().synchronize();
  EXPECT_EQ(output.sum().item<float>(), 8000);
}

TEST_F(Gpu, GivesFramesOfSeveralThreadsTheBytesOfOne) {
  for (const auto& one : {kResidual, kRnn}) {
    const auto gpu = on_gpu(one);
    std::vector<Section> degraded, expected;
    for (std::uint32_t seed = 1; seed <= 4; ++seed) {
      degraded.push_back(scramble(SampleType::uint16, 1, {256, 320}, seed));
      expected.push_back(restore(*gpu, degraded.back().view()));
    }
    std::vector<std::thread> threads;
    std::array<double, 4> most{};
    for (std::size_t i = 0; i < most.size(); ++i)
      threads.emplace_back([&, i] {
        for (int frame = 0; frame < 20; ++frame)
          most[i] = std::max(most[i], largest_difference(restore(*gpu, degraded[i].view()), expected[i]));
      });
    for (auto& thread : threads) thread.join();
    for (const auto difference : most) EXPECT_LE(difference, 1.001 / 65535) << one.restorer;
  }
}

TEST_F(Gpu, TakesSmallerPiecesWhenItsMemoryRunsOut) {
  const Extent extent{3000, 4000};
  const auto degraded = scramble(SampleType::uint8, 1, extent);
  const auto expected = restore(*on_gpu(kResidual), degraded.view());
  const auto gpu = on_gpu(kResidual);
  // Others take all but 256 MiB, a fraction of what the frame needs at once.
  std::vector<torch::Tensor> taken;
  try {
    while (true) taken.push_back(torch::empty({std::int64_t{1} << 27}, torch::TensorOptions(torch::kUInt8).device(torch::kCUDA)));
  } catch (const c10::OutOfMemoryError&) {
    taken.resize(taken.size() - 2);
  }
  release_kept_memory(torch::Device(torch::kCUDA, 0));
  EXPECT_LT(largest_difference(restore(*gpu, degraded.view()), expected), 1.001 / 255);
  EXPECT_LT(dynamic_cast<const DeviceRestorer*>(gpu->whole_sections())->side(), 4000);
}

TEST_F(Gpu, Trains) {
  for (const std::string kind : {"linear", "residual", "unet", "unet-gan", "rnn", "rnn-gan", "dncnn"}) {
    auto settings = few_steps(kind, 8);
    settings.device = Device::cuda;
    const auto pair = many_channel_pair(1, {40, 56});
    const auto restored = restore(*train(pair, settings), pair.degraded.view());
    EXPECT_EQ(restored.extent(), pair.degraded.extent()) << kind;
    EXPECT_GT(largest_difference(restored, pair.degraded), 0) << kind;
  }
}

}  // namespace
}  // namespace firstframe
