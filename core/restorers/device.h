#pragma once

#include <torch/torch.h>

#include "core/settings/settings.h"

namespace firstframe {

/// The LibTorch device a setting stands for: automatic is the first CUDA GPU, or the CPU where there is none.
/// \throws DeviceError when cuda is asked for and LibTorch sees none
torch::Device torch_device(Device device);

}  // namespace firstframe
