#include "core/restorers/patch_restorer.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/restorers/ensemble.h"
#include "core/tiling/blend_window.h"
#include "core/tiling/overlap_average.h"
#include "core/tiling/patch_plan.h"

namespace firstframe {
namespace {

constexpr std::int64_t kTileSide = 96;  // pixels; a tile's patches then stay in cache

}  // namespace

PatchRestorer::PatchRestorer(std::shared_ptr<Network> network, ModelInfo info, torch::Device device, torch::ScalarType compute)
    : NetworkRestorer(std::move(network), std::move(info), device, compute) {
  for (const auto window : {Window::constant, Window::hann, Window::gaussian})
    weights_[static_cast<std::size_t>(window)] = blend_window(window, this->network().patch());
}

std::int64_t PatchRestorer::stride(const RestoreSettings& settings) const {
  const auto patch = network().patch();
  if (settings.stride == 0) return std::max<std::int64_t>(1, patch / 3);
  if (settings.stride < 1 || settings.stride > patch)
    throw ArgumentError(text("stride: ", settings.stride, " would leave pixels uncovered; this model's patches are ",
                             patch, " x ", patch, ", use 1..", patch));
  return settings.stride;
}

TileNeeds PatchRestorer::tile_needs(const RestoreSettings& settings) const {
  refuse_losing_ensemble(info(), settings);
  return {network().halo(), stride(settings), kTileSide};
}

void PatchRestorer::restore_tile(const TileShape& tile, std::span<const float> degraded, std::span<float> restored,
                                 const RestoreSettings& settings) const {
  const auto patch = network().patch();
  const auto step = stride(settings);
  const auto plan = plan_patches(tile.extent, patch, step);

  // Every patch of the plan as a view into the tile, then one copy: [C, rows, cols, P, P] -> [N, C, P, P].
  const auto channels = info().channels;
  const auto first = tile.halo + plan.first;
  const auto input = at::from_blob(const_cast<float*>(degraded.data()),
                                      {channels, tile.extent.rows + 2 * tile.halo, tile.extent.cols + 2 * tile.halo});
  const auto covered = [&](std::int64_t length) { return length - plan.first - step + patch; };
  const auto patches = input.narrow(1, first, covered(tile.extent.rows))
                           .narrow(2, first, covered(tile.extent.cols))
                           .unfold(1, patch, step)
                           .unfold(2, patch, step)
                           .permute({1, 2, 0, 3, 4})
                           .reshape({-1, channels, patch, patch});

  const auto estimates = forward(patches, settings).contiguous();
  OverlapAverage average(channels, tile.extent, patch, weights_[static_cast<std::size_t>(settings.window)]);
  const float* estimate = estimates.data_ptr<float>();
  for (std::int64_t i = 0; i < plan.size(); ++i, estimate += channels * patch * patch) average.add(estimate, plan[i]);
  average.finish(restored);
}

}  // namespace firstframe
