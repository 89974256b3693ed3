#pragma once

#include <stop_token>

#include "core/settings/settings.h"

namespace firstframe {

/// What this machine reaches when it does nothing else: the measure that restorers are held against.
struct MachinePeak {
  bool on_gpu = false;     // what `device` came to
  double f32_gflops = 0;   // square matrix product in float32: LibTorch's BLAS, or the GPU's
  double bf16_gflops = 0;  // the same in bf16, through LibTorch's oneDNN; 0 where the processor has no bf16
  double copy_gb_s = 0;    // copy of 256 MiB: bytes read and written a second, in 10^9
};

/// The fastest of many tries: on `threads` threads with matrices of 1024 x 1024, on a GPU with 8192 x 8192. Takes two seconds.
/// \throws DeviceError when a GPU is asked for and there is none
/// \throws Cancelled when a stop was requested
MachinePeak measure_peak(Device device, int threads, const std::stop_token& stop);

}  // namespace firstframe
