// A LibTorch without CUDA: devices that record nothing and keep nothing. Its counterpart is cuda_graph.cpp.

#include "core/restorers/on_device/device_graph.h"

namespace firstframe {

std::unique_ptr<DeviceGraph> record_graph(torch::Device, const std::function<void()>&) { return nullptr; }

void release_kept_memory(torch::Device) {}

}  // namespace firstframe
