#pragma once

#include <torch/torch.h>

#include <functional>
#include <memory>

#include "core/restorers/on_device/device_graph.h"
#include "core/restorers/on_device/device_stream.h"
#include "core/restorers/on_device/piece.h"

namespace firstframe {

/// What a network makes of a piece, all on the device and without waiting for it.
/// degraded [C, rows + 2 halo, cols + 2 halo] -> restored [C, rows, cols], both float32 and normalised
using PieceNetwork =
    std::function<torch::Tensor(const torch::Tensor& degraded, const TileShape& piece, const RestoreSettings& settings)>;

/// record_graph(), or what a test puts in its place.
using GraphRecorder = std::function<std::unique_ptr<DeviceGraph>(const std::function<void()>& work)>;

/// One way to a device and back, for one piece at a time, on a stream beside those of other lanes (device_stream.h), through
/// page-locked memory, which is kept and from which a GPU copies by itself.
///
/// Pixels go up as they are stored, once, and come down as they are to be stored. What is the same for pieces of the same
/// work is kept until another comes: memory on the device, and from the second of them on a graph where the device records one.
class DeviceLane {
 public:
  DeviceLane(torch::Device device, PieceNetwork network, GraphRecorder record);
  ~DeviceLane();

  /// Returns when the restored pixels are written.
  /// \param threads  that copy between the section and the page-locked memory
  /// \throws c10::Error as LibTorch does, c10::OutOfMemoryError among them; the lane may be used again after forget()
  void restore(const Piece& piece, int threads);

  /// Gives back what it keeps on the device.
  void forget();

 private:
  struct Prepared;

  void prepare(const PieceWork& work);
  void run();

  torch::Device device_;
  PieceNetwork network_;
  GraphRecorder record_;
  // Before what is kept: a graph works in memory that libraries keep for the stream it was recorded on, and is replayed there only.
  DeviceStream stream_;
  torch::Tensor up_, down_;  // bytes in page-locked memory
  std::unique_ptr<Prepared> prepared_;
};

}  // namespace firstframe
