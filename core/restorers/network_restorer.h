#pragma once

#include <memory>

#include "core/engine/conv_engine.h"
#include "core/engine/recurrent_engine.h"
#include "core/restorers/network.h"
#include "core/restorers/on_device/device_restorer.h"
#include "core/restorers/restorer.h"

namespace firstframe {

/// A network with its provenance, ready to restore tiles of any size the network accepts.
/// Convolutional networks run on the whole tile with its halo; what the halo gave is cropped away. On a processor for which
/// the engine has loops (row_kernels.h) they run without LibTorch and take no memory from the system in steady state.
class NetworkRestorer : public Restorer {
 public:
  /// What runs the network: what is fastest on the device, that is the engine on a CPU that it knows, or LibTorch on whole
  /// sections on a GPU; or, for comparison, LibTorch tile by tile or on whole sections.
  enum class Runner { fastest, libtorch, libtorch_whole };

  NetworkRestorer(std::shared_ptr<Network> network, ModelInfo info, torch::Device device, torch::ScalarType compute,
                  Runner runner = Runner::fastest);

  const ModelInfo& info() const override { return model_.info; }
  Model model() const override { return model_; }
  TileNeeds tile_needs(const RestoreSettings& settings) const override;
  void restore_tile(const TileShape& tile, std::span<const float> degraded, std::span<float> restored,
                    const RestoreSettings& settings) const override;
  bool is_parallel() const override { return device_.is_cpu(); }
  const SectionRestorer* whole_sections() const override { return on_device_.get(); }

  /// What restore_tile() does, for pixels that are on the device and stay there. See PieceNetwork.
  virtual torch::Tensor restore_piece(const torch::Tensor& degraded, const TileShape& piece, const RestoreSettings& settings) const;

 protected:
  /// One forward pass without autograd, or the mean of eight; on the CPU with one thread, since tiles run in parallel.
  torch::Tensor forward(const torch::Tensor& degraded, const RestoreSettings& settings) const;
  /// The same on the device, without waiting for it.
  torch::Tensor forward_on_device(const torch::Tensor& degraded, const RestoreSettings& settings) const;

  torch::Device device() const { return device_; }
  const Network& network() const { return *network_; }

  /// What runs a recurrent network without LibTorch; null where LibTorch does.
  const RecurrentEngine* recurrent() const { return recurrent_ ? &*recurrent_ : nullptr; }

 private:
  void run_engine(const TileShape& tile, const float* degraded, float* restored, const RestoreSettings& settings) const;

  std::shared_ptr<Network> network_;
  Model model_;  // in float32, whatever the network computes in
  torch::Device device_;
  std::optional<ConvEngine> engine_;
  std::optional<RecurrentEngine> recurrent_;
  std::unique_ptr<DeviceRestorer> on_device_;
};

}  // namespace firstframe
