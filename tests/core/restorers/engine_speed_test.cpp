// How fast the engine runs the networks, beside LibTorch and the most that the processor can do, all in one run. Prints the table
// of docs/results/performance.md; of the figures only ratios with wide margins are promises.

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "core/engine/peak.h"
#include "core/restorers/make_restorer.h"
#include "core/restorers/patch_restorer.h"
#include "core/tiling/patch_plan.h"
#include "core/tiling/restore_tiled.h"
#include "tests/core/support/sections.h"

namespace firstframe {
namespace {

using Runner = NetworkRestorer::Runner;

struct Subject {
  const char* restorer;
  Shape shape;
};

std::vector<Subject> subjects() {
  return {{"residual", {{"width", 32}, {"blocks", 4}, {"unshuffle", 2}, {"filters", 2}, {"filter_size", 25}}},
          {"unet", {{"width", 16}}},
          {"rnn", {{"patch", 15}, {"latent", 200}}}};
}

// Round ones, as those that undo a blur.
torch::Tensor sharpening_filters(at::IntArrayRef sizes) {
  const auto at = torch::arange(sizes[2]) - sizes[2] / 2;
  const auto distance = (at * at).unsqueeze(0) + (at * at).unsqueeze(1);
  std::vector<torch::Tensor> filters;
  for (std::int64_t i = 0; i < sizes[0]; ++i) {
    const auto narrow = torch::exp(-distance / (2.0 + i)), wide = torch::exp(-distance / (8.0 + i));
    filters.push_back(2 * narrow / narrow.sum() - wide / wide.sum());
  }
  return torch::stack(filters).unsqueeze(1);
}

std::shared_ptr<const Restorer> restorer_of(const Subject& subject, bool is_bf16, Runner runner) {
  auto network = network_kind(subject.restorer).make(subject.shape, 1);
  auto generator = torch::make_generator<at::CPUGeneratorImpl>(1);
  network->initialise(generator);
  if (network->filters().defined()) network->set_filters(sharpening_filters(network->filters().sizes()));
  ModelInfo info;
  info.restorer = subject.restorer;
  const auto compute = is_bf16 ? torch::kBFloat16 : torch::kFloat32;
  if (network->patch() > 0) return std::make_shared<PatchRestorer>(network, info, torch::kCPU, compute, runner);
  return std::make_shared<NetworkRestorer>(network, info, torch::kCPU, compute, runner);
}

// Products and sums that a pixel needs, without halos, padding and filters, and as if convolutions saved none.
double operations_per_pixel(const Subject& subject) {
  const auto network = network_kind(subject.restorer).make(subject.shape, 1);
  double weights = 0, pixels = 1;
  if (const auto graph = network->conv_graph()) {
    for (const auto& layer : graph->layers) weights += static_cast<double>(layer.weights.size());
    pixels = static_cast<double>(graph->unshuffle * graph->unshuffle);
  }
  if (const auto graph = network->recurrent_graph()) {
    for (const auto& scan : graph->scans)
      weights += static_cast<double>(scan.steps) *
                 static_cast<double>(scan.weight_in.size() + scan.weight_rec.size() + scan.weight_out.size());
    const auto stride = usual_stride(graph->patch);
    pixels = static_cast<double>(stride * stride);
  }
  return 2 * weights / pixels;
}

// Seconds for a frame: the best of several, and at least one.
double seconds_for(const Restorer& restorer, Extent extent, int threads, double budget) {
  const auto degraded = scramble(SampleType::uint8, 1, extent);
  RestoreSettings settings;
  settings.threads = threads;
  using Clock = std::chrono::steady_clock;
  double best = 1e9, spent = 0;
  for (int run = 0; run < 2 || spent < budget; ++run) {
    const auto begin = Clock::now();
    restore(restorer, degraded.view(), settings);
    const auto seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    best = std::min(best, seconds);
    spent += seconds;
  }
  return best;
}

TEST(EngineSpeed, IsSeveralTimesThatOfLibTorch) {
  const auto* bf16 = row_kernels(true);
  const auto* f32 = row_kernels(false);
  if (!f32) GTEST_SKIP() << "this processor has no kernels: LibTorch runs the networks";
  for (const auto* kernels : {f32, bf16}) {
    if (!kernels) continue;
    const auto peak = peak_gflops(*kernels);
    std::printf("%s: %.0f GFLOP/s from registers, one thread\n", std::string(kernels->name).c_str(), peak);
    for (const auto& subject : subjects()) {
      const auto engine = restorer_of(subject, kernels->is_bf16, Runner::fastest);
      const auto libtorch = restorer_of(subject, kernels->is_bf16, Runner::libtorch);
      const Extent square{512, 512}, wide{1080, 1920};
      const auto one = seconds_for(*engine, square, 1, 0.5), two = seconds_for(*engine, square, 2, 0.5);
      const auto wide_one = seconds_for(*engine, wide, 1, 1), wide_two = seconds_for(*engine, wide, 2, 1);
      const auto theirs = seconds_for(*libtorch, square, 1, 0.5), theirs_two = seconds_for(*libtorch, square, 2, 0.5);
      const auto fraction = operations_per_pixel(subject) * static_cast<double>(wide.area()) / wide_one * 1e-9 / peak;
      std::printf(
          "%-8s 512 x 512: %6.1f ms on one thread, %6.1f on two; LibTorch %6.1f, %6.1f; 1080p %7.1f, %7.1f ms, %.2f of "
          "the peak\n",
          subject.restorer, one * 1e3, two * 1e3, theirs * 1e3, theirs_two * 1e3, wide_one * 1e3, wide_two * 1e3,
          fraction);
      EXPECT_LT(one, theirs / 1.2) << subject.restorer << ", " << kernels->name;
      EXPECT_GT(fraction, 0.35) << subject.restorer << ", " << kernels->name;
    }
  }
}

TEST(EngineSpeed, GrowsWithThePixels) {
  const auto* kernels = row_kernels(true) ? row_kernels(true) : row_kernels(false);
  if (!kernels) GTEST_SKIP() << "this processor has no kernels: LibTorch runs the networks";
  const char* asked = std::getenv("FIRSTFRAME_LARGEST_SIDE");
  const std::int64_t largest = asked ? std::atoll(asked) : 1024;
  const auto restorer = restorer_of(subjects()[0], kernels->is_bf16, Runner::fastest);
  std::vector<double> nanoseconds;
  for (std::int64_t side = 256; side <= largest; side *= 2) {
    const auto nanoseconds_with = [&](int threads) {
      return seconds_for(*restorer, {side, side}, threads, 0.5) * 1e9 / static_cast<double>(side * side);
    };
    nanoseconds.push_back(nanoseconds_with(2));
    std::printf("residual, %5lld x %5lld: %6.1f ns a pixel on two threads", static_cast<long long>(side),
                static_cast<long long>(side), nanoseconds.back());
    if (side <= 1024) std::printf(", %6.1f on one", nanoseconds_with(1));
    std::printf("\n");
  }
  std::printf("residual, 450 x 900, two threads: %.1f ms\n", seconds_for(*restorer, {450, 900}, 2, 0.5) * 1e3);
  // 256 x 256 is one tile, and so one thread's.
  EXPECT_LT(*std::max_element(nanoseconds.begin() + 1, nanoseconds.end()),
            1.5 * *std::min_element(nanoseconds.begin() + 1, nanoseconds.end()));
}

}  // namespace
}  // namespace firstframe
