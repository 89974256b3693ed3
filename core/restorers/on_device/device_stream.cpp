#include "core/restorers/on_device/device_stream.h"

#include <c10/core/impl/VirtualGuardImpl.h>

#include <algorithm>
#include <mutex>
#include <vector>

namespace firstframe {
namespace {

constexpr int kStreamsOfPool = 32;  // of LibTorch, which hands them out in turn, whether they are in use or not

struct Streams {
  std::mutex lock;                // guards both
  std::vector<c10::Stream> free;  // the last one given back is the last
  std::vector<c10::Stream> lent;
};

// Never destroyed: threads may outlive the program's static objects.
Streams& streams() {
  static auto* all = new Streams;
  return *all;
}

std::optional<c10::Stream> free_stream(torch::Device device, std::vector<c10::Stream>& free) {
  const auto found = std::find_if(free.rbegin(), free.rend(), [&](const auto& stream) { return stream.device() == device; });
  if (found == free.rend()) return std::nullopt;
  const auto stream = *found;
  free.erase(std::next(found).base());
  return stream;
}

}  // namespace

DeviceStream::DeviceStream(torch::Device device) {
  if (device.is_cpu()) return;
  const c10::impl::VirtualGuardImpl devices(device.type());
  const auto here = device.has_index() ? device : devices.getDevice();
  auto& all = streams();
  const std::lock_guard<std::mutex> guard(all.lock);
  stream_ = free_stream(here, all.free);
  for (int i = 0; i < kStreamsOfPool && !stream_; ++i) {
    const auto next = devices.getStreamFromGlobalPool(here);
    if (std::find(all.lent.begin(), all.lent.end(), next) == all.lent.end()) stream_ = next;
  }
  is_own_ = stream_.has_value();
  if (is_own_)
    all.lent.push_back(*stream_);
  else
    stream_ = devices.getDefaultStream(here);
}

DeviceStream::~DeviceStream() {
  if (!stream_ || !is_own_) return;
  auto& all = streams();
  const std::lock_guard<std::mutex> guard(all.lock);
  all.lent.erase(std::find(all.lent.begin(), all.lent.end(), *stream_));
  all.free.push_back(*stream_);
}

void DeviceStream::wait() const {
  if (stream_) stream_->synchronize();
}

}  // namespace firstframe
