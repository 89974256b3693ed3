#include "core/base/machine.h"

#include <ATen/Version.h>
#include <torch/torch.h>

#include <chrono>
#include <fstream>

#include "core/base/processor.h"
#include "core/base/text.h"
#include "core/base/thread_budget.h"
#include "core/base/torch_threads.h"

namespace firstframe {
namespace {

// The file behind libblas.so.3 in this process, from the kernel's list of mapped files.
std::string mapped_blas() {
  std::ifstream maps("/proc/self/maps");
  for (std::string line; std::getline(maps, line);) {
    const auto slash = line.find('/');
    if (slash != std::string::npos && line.find("/libblas.so", slash) != std::string::npos) return line.substr(slash);
  }
  return "";
}

// "CPU capability usage: AVX512" is one of the lines in which LibTorch describes itself.
std::string cpu_capability() {
  const auto description = at::show_config();
  const std::string label = "CPU capability usage: ";
  const auto found = description.find(label);
  if (found == std::string::npos) return "unknown";
  const auto from = found + label.size();
  return description.substr(from, description.find('\n', from) - from);
}

double measured_matmul_gflops() {
  torch::InferenceMode inference;
  constexpr std::int64_t side = 1024;
  const auto a = torch::ones({side, side}), b = torch::ones({side, side});
  const auto seconds_of_one = [&] {
    const auto start = std::chrono::steady_clock::now();
    torch::matmul(a, b);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  seconds_of_one();  // wakes threads and memory
  double fastest = seconds_of_one();
  for (int i = 0; i < 4 && fastest < 0.1; ++i) fastest = std::min(fastest, seconds_of_one());
  return 2e-9 * side * side * side / fastest;
}

}  // namespace

Machine inspect_machine() {
  Machine machine;
  machine.torch_version = TORCH_VERSION;
  machine.cpu_capability = cpu_capability();
  machine.has_bf16 = processor_has("avx512_bf16") || processor_has("amx_bf16");
  machine.threads = thread_budget(0);
  machine.blas_library = mapped_blas();
  machine.has_reference_blas = machine.blas_library.find("/blas/libblas.so") != std::string::npos;
  const TorchThreads all(machine.threads);
  machine.matmul_gflops = measured_matmul_gflops();
  if (torch::cuda::is_available())
    for (std::size_t i = 0; i < torch::cuda::device_count(); ++i) machine.gpus.push_back(text("cuda:", i));
  return machine;
}

}  // namespace firstframe
