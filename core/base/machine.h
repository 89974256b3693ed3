#pragma once

#include <string>
#include <vector>

namespace firstframe {

/// What this machine offers LibTorch.
struct Machine {
  std::string torch_version;
  std::string cpu_capability;     // the widest instructions LibTorch uses: "DEFAULT", "AVX2", "AVX512"
  bool has_bf16 = false;          // multiplied in hardware: avx512_bf16 or amx_bf16
  int threads = 0;                // the budget that 0 stands for
  std::string blas_library;       // path of the BLAS in this process; empty when LibTorch brings its own
  bool has_reference_blas = false;
  double matmul_gflops = 0;       // float32 product of 1024 x 1024 matrices, measured now, all threads
  std::vector<std::string> gpus;  // CUDA devices
};

/// Looks and measures; takes about a quarter of a second.
Machine inspect_machine();

}  // namespace firstframe
