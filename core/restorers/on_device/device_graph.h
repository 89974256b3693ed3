#pragma once

#include <torch/torch.h>

#include <functional>
#include <memory>

namespace firstframe {

/// Work on a device that was recorded once: replayed, it does the same to the same memory, without what it costs the
/// processor to start its hundred kernels one by one.
class DeviceGraph {
 public:
  virtual ~DeviceGraph() = default;

  /// On the calling thread's current stream; returns before it is done.
  virtual void replay() = 0;
};

/// Records what `work` does on the calling thread's current stream, which must not be the default one. `work` is called
/// twice and may not wait for the device, nor meet shapes that change.
///
/// \return nothing where the device records none: the CPU, and a build without CUDA's headers (cmake/FirstframeCudaGraphs.cmake
///         says so); where CUDA refuses, it also says why, once, as a LibTorch warning
std::unique_ptr<DeviceGraph> record_graph(torch::Device device, const std::function<void()>& work);

/// Gives memory that LibTorch keeps for later back to the device.
void release_kept_memory(torch::Device device);

}  // namespace firstframe
