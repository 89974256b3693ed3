#include "core/restorers/device.h"

#include "core/base/error.h"

namespace firstframe {

torch::Device torch_device(Device device) {
  if (device == Device::cpu) return torch::kCPU;
  if (torch::cuda::is_available()) return torch::kCUDA;
  if (device == Device::cuda)
    throw DeviceError("device: cuda was asked for, but LibTorch sees no CUDA GPU; use device cpu or auto, or build "
                      "against a LibTorch with CUDA");
  return torch::kCPU;
}

}  // namespace firstframe
