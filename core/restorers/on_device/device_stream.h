#pragma once

#include <torch/torch.h>

#include <optional>

namespace firstframe {

/// A stream of a device, on loan as long as this lives, and lent to nobody else of ours: what is given to it is done in order, beside
/// what is given to others. The one that was given back last is lent first, since LibTorch keeps memory by stream.
///
/// A CPU has none and needs none. When all of LibTorch's 32 are lent, it is the device's default stream.
class DeviceStream {
 public:
  explicit DeviceStream(torch::Device device);
  ~DeviceStream();
  DeviceStream(const DeviceStream&) = delete;
  DeviceStream& operator=(const DeviceStream&) = delete;

  const std::optional<c10::Stream>& stream() const { return stream_; }

  /// Whether work may be recorded on it: not on the default stream.
  bool is_own() const { return is_own_; }

  /// Returns when all is done that it was given.
  void wait() const;

 private:
  std::optional<c10::Stream> stream_;
  bool is_own_ = true;
};

}  // namespace firstframe
