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

}  // namespace firstframe
