// What CUDA alone has. The one file that needs a LibTorch with CUDA and CUDA's own headers; its counterpart is no_graph.cpp.

#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAStream.h>

#include <mutex>

#include "core/restorers/on_device/device_graph.h"

namespace firstframe {
namespace {

// LibTorch's allocator gives nothing back while anybody records.
std::mutex& recording() {
  static std::mutex mutex;
  return mutex;
}

// Whether other threads may go on allocating meanwhile. LibTorch 2.1 was the first to offer it; before, CUDA refused them their
// memory, and so the frames beside this one.
template <typename Graph>
constexpr bool records_beside_others() {
  return requires(Graph graph) { graph.capture_begin({0, 0}, cudaStreamCaptureModeThreadLocal); };
}

template <typename Graph>
void begin(Graph& graph) {
  if constexpr (records_beside_others<Graph>()) graph.capture_begin({0, 0}, cudaStreamCaptureModeThreadLocal);
}

class CudaGraph final : public DeviceGraph {
 public:
  // Whether it could be recorded.
  bool record(const std::function<void()>& work) {
    const std::lock_guard<std::mutex> alone(recording());
    bool is_begun = false;
    try {
      begin(graph_);
      is_begun = true;
      work();
      is_begun = false;
      graph_.capture_end();
      return true;
    } catch (const c10::Error& error) {
      TORCH_WARN_ONCE("firstframe: CUDA does not record this network, so that its kernels are started one by one, which costs the "
                      "processor more: ", error.what_without_backtrace());
    }
    // A stream that still records would refuse everything that follows.
    try {
      if (is_begun) graph_.capture_end();
    } catch (const c10::Error&) {
    }
    return false;
  }

  void replay() override { graph_.replay(); }

 private:
  at::cuda::CUDAGraph graph_;
};

}  // namespace

std::unique_ptr<DeviceGraph> record_graph(torch::Device device, const std::function<void()>& work) {
  if (!device.is_cuda()) return nullptr;
  if (!records_beside_others<at::cuda::CUDAGraph>()) {
    TORCH_WARN_ONCE("firstframe: this LibTorch cannot record a network beside other work, so that its kernels are started one by one; "
                    "2.1 and later can");
    return nullptr;
  }
  // What libraries make when a thread first calls them may not be recorded.
  work();
  c10::cuda::getCurrentCUDAStream(device.index()).synchronize();
  auto graph = std::make_unique<CudaGraph>();
  if (!graph->record(work)) return nullptr;
  return graph;
}

void release_kept_memory(torch::Device device) {
  if (!device.is_cuda()) return;
  const std::lock_guard<std::mutex> alone(recording());
  c10::cuda::CUDACachingAllocator::emptyCache();
}

}  // namespace firstframe
