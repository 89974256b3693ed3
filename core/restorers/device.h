#pragma once

#include <torch/torch.h>

#include "core/settings/settings.h"

namespace firstframe {

/// The LibTorch device a setting stands for: automatic is the first CUDA GPU, or the CPU where there is none.
/// \throws DeviceError when cuda is asked for and LibTorch sees none
torch::Device torch_device(Device device);

/// The type networks compute in on a device: automatic is bf16 where it is multiplied in hardware (avx512_bf16 or
/// amx_bf16, any CUDA GPU), float32 elsewhere.
torch::ScalarType compute_type(Precision precision, torch::Device device);

/// Waits until a device has done what the calling thread gave it on its current stream. Other streams go on: one of them may be
/// recording (device_graph.h), during which a whole device may not be waited for. Nothing on the CPU.
void wait_for_current_stream(torch::Device device);

}  // namespace firstframe
