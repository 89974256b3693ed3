#include "core/restorers/network_restorer.h"

#include <algorithm>

#include "core/base/scratch.h"
#include "core/base/torch_threads.h"
#include "core/restorers/declared_intensity.h"
#include "core/restorers/device.h"
#include "core/restorers/ensemble.h"
#include "core/restorers/tile_ways.h"
#include "core/restorers/weights.h"

namespace firstframe {
namespace {

constexpr std::int64_t kTileSide = 256;  // pixels; features of the default network then fit the L2 cache

// Eight ways to show a network a frame, [N, C, H, W], between which training made no difference, and back again.
struct Ways {
  torch::Tensor (*shown)(const torch::Tensor& frames, std::int64_t way);
  torch::Tensor (*back)(const torch::Tensor& frames, std::int64_t way);
};

torch::Tensor turned(const torch::Tensor& frames, std::int64_t way) {
  return torch::rot90(way >= 4 ? frames.flip(3) : frames, way % 4, {2, 3});
}
torch::Tensor turned_back(const torch::Tensor& frames, std::int64_t way) {
  const auto upright = torch::rot90(frames, -(way % 4), {2, 3});
  return way >= 4 ? upright.flip(3) : upright;
}

// Layers lie across, so a frame of them is not turned on its side: mirrored both ways, and its negative. Each undoes
// itself, in any order.
torch::Tensor mirrored(const torch::Tensor& frames, std::int64_t way) {
  auto result = frames;
  if (way & 1) result = result.flip(3);
  if (way & 2) result = result.flip(2);
  return way & 4 ? 1 - result : result;
}

Ways ways_of(const ModelInfo& info) {
  return info.augment == "renoise" ? Ways{mirrored, mirrored} : Ways{turned, turned_back};
}

std::int64_t round_up(std::int64_t value, std::int64_t multiple) { return (value + multiple - 1) / multiple * multiple; }

}  // namespace

NetworkRestorer::NetworkRestorer(std::shared_ptr<Network> network, ModelInfo info, torch::Device device,
                                 torch::ScalarType compute, Runner runner)
    : network_(std::move(network)), model_{std::move(info), weights_of(*network_)}, device_(device) {
  network_->to(device_);
  network_->eval();
  if (network_->needs_float32()) compute = torch::kFloat32;
  const auto* kernels = row_kernels(compute == torch::kBFloat16);
  if (kernels && device_.is_cpu() && runner == Runner::fastest) {
    if (const auto graph = network_->conv_graph()) engine_.emplace(*graph, *kernels);
    if (const auto graph = network_->recurrent_graph()) recurrent_.emplace(*graph, *kernels);
  }
  network_->set_compute_type(compute);
  for (auto& parameter : network_->parameters()) {
    parameter.set_requires_grad(false);
    auto weight = parameter.to(compute);
    if (weight.dim() == 4) weight = weight.contiguous(torch::MemoryFormat::ChannelsLast);
    parameter.set_data(weight);
  }
  if (device_.is_cpu() && runner != Runner::libtorch_whole) return;
  // The streams of a device's lanes do not wait for the one on which the weights were brought.
  wait_for_current_stream(device_);
  if (runner == Runner::libtorch) return;
  const auto piece = [this](const torch::Tensor& degraded, const TileShape& shape, const RestoreSettings& settings) {
    return restore_piece(degraded, shape, settings);
  };
  on_device_ = std::make_unique<DeviceRestorer>(*this, device_, piece);
}

TileNeeds NetworkRestorer::tile_needs(const RestoreSettings& settings) const {
  refuse_losing_ensemble(info(), settings);
  refuse_other_intensity(info(), settings);
  return {round_up(network_->halo(), network_->multiple()), network_->multiple(), kTileSide};
}

torch::Tensor NetworkRestorer::forward_on_device(const torch::Tensor& degraded, const RestoreSettings& settings) const {
  torch::InferenceMode inference;
  TorchThreads one(1);
  auto sum = network_->forward(degraded);
  const auto ways = ways_of(info());
  for (std::int64_t way = 1; way < settings.ensemble; ++way)
    sum += ways.back(network_->forward(ways.shown(degraded, way).contiguous(torch::MemoryFormat::ChannelsLast)), way);
  return sum / static_cast<double>(settings.ensemble);
}

torch::Tensor NetworkRestorer::forward(const torch::Tensor& degraded, const RestoreSettings& settings) const {
  torch::InferenceMode inference;
  return forward_on_device(degraded.to(device_), settings).to(torch::kCPU, torch::kFloat32);
}

torch::Tensor NetworkRestorer::restore_piece(const torch::Tensor& degraded, const TileShape& piece,
                                             const RestoreSettings& settings) const {
  const auto input = degraded.unsqueeze(0).contiguous(torch::MemoryFormat::ChannelsLast);
  const auto [rows, cols] = piece.extent;
  return forward_on_device(input, settings)[0].narrow(1, piece.halo, rows).narrow(2, piece.halo, cols);
}

void NetworkRestorer::run_engine(const TileShape& tile, const float* degraded, float* restored,
                                 const RestoreSettings& settings) const {
  engine_->restore(tile.extent, tile.halo, degraded, restored);
  if (settings.ensemble == 1) return;
  const auto channels = info().channels;
  const Extent extended{tile.extent.rows + 2 * tile.halo, tile.extent.cols + 2 * tile.halo};
  Scratch<float> shown(static_cast<std::size_t>(channels * extended.area()));
  Scratch<float> made(static_cast<std::size_t>(channels * tile.extent.area()));
  for (std::int64_t number = 1; number < settings.ensemble; ++number) {
    TileWay(info(), number, extended).show(degraded, channels, shown.data());
    const TileWay way(info(), number, tile.extent);
    engine_->restore(way.extent(), tile.halo, shown.data(), made.data());
    way.add_back(made.data(), channels, restored);
  }
  const auto share = 1 / static_cast<float>(settings.ensemble);
  std::for_each(restored, restored + channels * tile.extent.area(), [&](float& value) { value *= share; });
}

void NetworkRestorer::restore_tile(const TileShape& tile, std::span<const float> degraded, std::span<float> restored,
                                   const RestoreSettings& settings) const {
  if (engine_) return run_engine(tile, degraded.data(), restored.data(), settings);
  const auto [rows, cols] = tile.extent;
  const auto input = at::from_blob(const_cast<float*>(degraded.data()),
                                      {1, info().channels, rows + 2 * tile.halo, cols + 2 * tile.halo});
  const auto output = forward(input.contiguous(torch::MemoryFormat::ChannelsLast), settings);
  auto target = at::from_blob(restored.data(), {info().channels, rows, cols});
  target.copy_(output[0].narrow(1, tile.halo, rows).narrow(2, tile.halo, cols));
}

}  // namespace firstframe
