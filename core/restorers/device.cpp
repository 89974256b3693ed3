#include "core/restorers/device.h"

#include <c10/core/impl/VirtualGuardImpl.h>

#include "core/base/error.h"
#include "core/base/processor.h"

namespace firstframe {

torch::Device torch_device(Device device) {
  if (device == Device::cpu) return torch::kCPU;
  if (torch::cuda::is_available()) return torch::kCUDA;
  if (device == Device::cuda)
    throw DeviceError("device: cuda was asked for, but LibTorch sees no CUDA GPU; use device cpu or auto, or build "
                      "against a LibTorch with CUDA");
  return torch::kCPU;
}

torch::ScalarType compute_type(Precision precision, torch::Device device) {
  if (precision == Precision::f32) return torch::kFloat32;
  if (precision == Precision::bf16 || device.is_cuda()) return torch::kBFloat16;
  static const bool is_fast = processor_has("avx512_bf16") || processor_has("amx_bf16");
  return is_fast ? torch::kBFloat16 : torch::kFloat32;
}

void wait_for_current_stream(torch::Device device) {
  if (!device.is_cpu()) c10::impl::VirtualGuardImpl(device.type()).getStream(device).synchronize();
}

}  // namespace firstframe
