#include "core/restorers/network_restorer.h"

#include "core/base/torch_threads.h"
#include "core/restorers/weights.h"

namespace firstframe {
namespace {

constexpr std::int64_t kTileSide = 256;  // pixels; features of the default network then fit the L2 cache

std::int64_t round_up(std::int64_t value, std::int64_t multiple) { return (value + multiple - 1) / multiple * multiple; }

}  // namespace

NetworkRestorer::NetworkRestorer(std::shared_ptr<Network> network, ModelInfo info, torch::Device device,
                                 torch::ScalarType compute)
    : network_(std::move(network)), model_{std::move(info), weights_of(*network_)}, device_(device) {
  network_->to(device_);
  network_->eval();
  if (network_->needs_float32()) compute = torch::kFloat32;
  network_->set_compute_type(compute);
  for (auto& parameter : network_->parameters()) {
    parameter.set_requires_grad(false);
    auto weight = parameter.to(compute);
    if (weight.dim() == 4) weight = weight.contiguous(torch::MemoryFormat::ChannelsLast);
    parameter.set_data(weight);
  }
}

TileNeeds NetworkRestorer::tile_needs(const RestoreSettings&) const {
  return {round_up(network_->halo(), network_->multiple()), network_->multiple(), kTileSide};
}

torch::Tensor NetworkRestorer::forward(const torch::Tensor& degraded) const {
  torch::InferenceMode inference;
  TorchThreads one(1);
  return network_->forward(degraded.to(device_)).to(torch::kCPU, torch::kFloat32);
}

void NetworkRestorer::restore_tile(const TileShape& tile, std::span<const float> degraded, std::span<float> restored,
                                   const RestoreSettings&) const {
  const auto [rows, cols] = tile.extent;
  const auto input = torch::from_blob(const_cast<float*>(degraded.data()),
                                      {1, info().channels, rows + 2 * tile.halo, cols + 2 * tile.halo});
  const auto output = forward(input.contiguous(torch::MemoryFormat::ChannelsLast));
  auto target = torch::from_blob(restored.data(), {info().channels, rows, cols});
  target.copy_(output[0].narrow(1, tile.halo, rows).narrow(2, tile.halo, cols));
}

}  // namespace firstframe
