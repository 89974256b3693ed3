#include "core/restorers/machine_peak.h"

#include <torch/torch.h>

#include <algorithm>
#include <chrono>

#include "core/base/error.h"
#include "core/base/processor.h"
#include "core/base/torch_threads.h"
#include "core/restorers/device.h"

namespace firstframe {
namespace {

// Of what nothing disturbed. A median would be lowered by whatever else the machine does, and so flatter a restorer.
template <typename Work>
double fastest_seconds(const Work& work, const std::stop_token& stop) {
  using Clock = std::chrono::steady_clock;
  constexpr double kSeconds = 0.6;
  work();
  double fastest = 1e9;
  for (const auto start = Clock::now(); std::chrono::duration<double>(Clock::now() - start).count() < kSeconds;) {
    if (stop.stop_requested()) throw Cancelled("bench: stopped");
    const auto before = Clock::now();
    work();
    fastest = std::min(fastest, std::chrono::duration<double>(Clock::now() - before).count());
  }
  return fastest;
}

double matmul_gflops(torch::TensorOptions where, torch::ScalarType type, const std::stop_token& stop) {
  const std::int64_t side = where.device().is_cuda() ? 8192 : 1024;
  const auto a = torch::rand({side, side}, where).to(type), b = torch::rand({side, side}, where).to(type);
  auto product = torch::empty({side, side}, where.dtype(type));
  const auto multiply = [&] {
    at::matmul_out(product, a, b);
    if (where.device().is_cuda()) torch::cuda::synchronize();
  };
  const auto length = static_cast<double>(side);
  return 2e-9 * length * length * length / fastest_seconds(multiply, stop);
}

}  // namespace

MachinePeak measure_peak(Device device, int threads, const std::stop_token& stop) {
  torch::InferenceMode inference;
  const TorchThreads all(threads);
  const auto where = torch::TensorOptions().device(torch_device(device));
  const bool on_gpu = where.device().is_cuda();
  MachinePeak peak;
  peak.on_gpu = on_gpu;
  peak.f32_gflops = matmul_gflops(where, torch::kFloat32, stop);
  if (on_gpu || processor_has("avx512_bf16") || processor_has("amx_bf16"))
    peak.bf16_gflops = matmul_gflops(where, torch::kBFloat16, stop);
  constexpr std::int64_t kBytes = 256 << 20;
  const auto from = torch::ones({kBytes}, where.dtype(torch::kUInt8));
  auto to = torch::zeros({kBytes}, where.dtype(torch::kUInt8));
  const auto copy = [&] {
    to.copy_(from);
    if (on_gpu) torch::cuda::synchronize();
  };
  peak.copy_gb_s = 2e-9 * kBytes / fastest_seconds(copy, stop);
  return peak;
}

}  // namespace firstframe
