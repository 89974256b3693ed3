#include "core/restorers/patch_restorer.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/scratch.h"
#include "core/base/text.h"
#include "core/restorers/declared_intensity.h"
#include "core/restorers/ensemble.h"
#include "core/restorers/patch_row.h"
#include "core/tiling/blend_window.h"
#include "core/tiling/overlap_average.h"
#include "core/tiling/patch_plan.h"

namespace firstframe {
namespace {

// Pixels. LibTorch takes all patches of a tile at once, which should stay in cache; the engine takes a row of them, and the
// fewer tiles there are, the fewer patches lie across two of them and are restored twice.
constexpr std::int64_t kTileSide = 96, kEngineTileSide = 256;

// Of a GPU, which is busy with a thousand, and whose memory the recurrence's states fill: 0.2 GB with the default network.
constexpr std::int64_t kPatchesAtOnce = 1 << 15;

// Every patch as a view into the planes, then one copy: [C, rows, cols, P, P] -> [N, C, P, P].
torch::Tensor patches_of(const torch::Tensor& planes, std::int64_t patch, std::int64_t step) {
  return planes.unfold(1, patch, step).unfold(2, patch, step).permute({1, 2, 0, 3, 4}).reshape({-1, planes.size(0), patch, patch});
}

}  // namespace

PatchRestorer::PatchRestorer(std::shared_ptr<Network> network, ModelInfo info, torch::Device device, torch::ScalarType compute,
                             Runner runner)
    : NetworkRestorer(std::move(network), std::move(info), device, compute, runner) {
  const auto patch = this->network().patch();
  for (const auto window : {Window::constant, Window::hann, Window::gaussian}) {
    auto& weights = weights_[static_cast<std::size_t>(window)];
    weights = blend_window(window, patch);
    windows_[static_cast<std::size_t>(window)] = at::from_blob(weights.data(), {patch, patch}).clone().to(device);
  }
}

std::int64_t PatchRestorer::stride(const RestoreSettings& settings) const {
  const auto patch = network().patch();
  if (settings.stride == 0) return usual_stride(patch);
  if (settings.stride < 1 || settings.stride > patch)
    throw ArgumentError(text("stride: ", settings.stride, " would leave pixels uncovered; this model's patches are ",
                             patch, " x ", patch, ", use 1..", patch));
  return settings.stride;
}

TileNeeds PatchRestorer::tile_needs(const RestoreSettings& settings) const {
  refuse_losing_ensemble(info(), settings);
  refuse_other_intensity(info(), settings);
  return {network().halo(), stride(settings), recurrent() ? kEngineTileSide : kTileSide};
}

// All patches that show a pixel show the same degraded one: what is averaged is the change alone. The weights that meet at a
// pixel depend on where it lies between the patches' corners only.
void PatchRestorer::run_engine(const TileShape& tile, const float* degraded, float* restored,
                               const RestoreSettings& settings) const {
  const auto& engine = *recurrent();
  const auto channels = info().channels, patch = engine.patch(), step = stride(settings);
  const auto [rows, cols] = tile.extent;
  const auto plan = plan_patches(tile.extent, patch, step);
  const auto& window = weights_[static_cast<std::size_t>(settings.window)];

  const auto line = cols + 2 * tile.halo, plane = (rows + 2 * tile.halo) * line;
  Scratch<float> sums(static_cast<std::size_t>(channels * plane));  // with the halo, where the outer patches end
  std::fill(sums.begin(), sums.end(), 0.0f);
  Scratch<float> means(static_cast<std::size_t>(plan.across));
  Scratch<std::uint32_t> steps(static_cast<std::size_t>(engine.steps() * plan.across * engine.padded_inputs() /
                                                        engine.kernels().channels_per_word()));
  Scratch<float> change(static_cast<std::size_t>(engine.steps_read() * plan.across * engine.outputs()));
  for (std::int64_t down = 0; down < plan.down; ++down) {
    const auto corner = (tile.halo + plan.first + down * step) * line + tile.halo + plan.first;
    const PatchRow row{degraded + corner, line, plane, step, plan.across};
    patch_means(row, channels, patch, means.data());
    for (std::int64_t way = 0; way < settings.ensemble; ++way) {
      gather_steps(engine, row, info(), way, means.data(), steps.data());
      engine.run(plan.across, steps.data(), change.data());
      scatter_change(engine, row, info(), way, change.data(), window.data(), sums.data() + corner);
    }
  }

  Scratch<float> shares(static_cast<std::size_t>(step * step));
  for (std::int64_t r = 0; r < step; ++r)
    for (std::int64_t c = 0; c < step; ++c) {
      float weight = 0;
      for (auto y = (r - plan.first) % step; y < patch; y += step)
        for (auto x = (c - plan.first) % step; x < patch; x += step) weight += window[static_cast<std::size_t>(y * patch + x)];
      shares[static_cast<std::size_t>(r * step + c)] = 1 / (weight * static_cast<float>(settings.ensemble));
    }
  for (std::int64_t channel = 0; channel < channels; ++channel)
    for (std::int64_t r = 0; r < rows; ++r) {
      const auto from = channel * plane + (tile.halo + r) * line + tile.halo;
      const float* share = shares.data() + r % step * step;
      float* out = restored + (channel * rows + r) * cols;
      for (std::int64_t first = 0; first < cols; first += step)
        for (std::int64_t c = first; c < first + step; ++c)
          out[c] = degraded[from + c] + sums[static_cast<std::size_t>(from + c)] * share[c - first];
    }
}

void PatchRestorer::restore_tile(const TileShape& tile, std::span<const float> degraded, std::span<float> restored,
                                 const RestoreSettings& settings) const {
  if (recurrent()) return run_engine(tile, degraded.data(), restored.data(), settings);
  const auto patch = network().patch();
  const auto step = stride(settings);
  const auto plan = plan_patches(tile.extent, patch, step);

  const auto channels = info().channels;
  const auto first = tile.halo + plan.first;
  const auto input = at::from_blob(const_cast<float*>(degraded.data()),
                                      {channels, tile.extent.rows + 2 * tile.halo, tile.extent.cols + 2 * tile.halo});
  const auto covered = [&](std::int64_t length) { return length - plan.first - step + patch; };
  const auto patches =
      patches_of(input.narrow(1, first, covered(tile.extent.rows)).narrow(2, first, covered(tile.extent.cols)), patch, step);

  const auto estimates = forward(patches, settings).contiguous();
  OverlapAverage average(channels, tile.extent, patch, weights_[static_cast<std::size_t>(settings.window)]);
  const float* estimate = estimates.data_ptr<float>();
  for (std::int64_t i = 0; i < plan.size(); ++i, estimate += channels * patch * patch) average.add(estimate, plan[i]);
  average.finish(restored);
}

// As in restore_tile(), some rows of patches at a time. The weights that meet at a pixel depend on where it lies between the
// patches' corners only.
torch::Tensor PatchRestorer::restore_piece(const torch::Tensor& degraded, const TileShape& piece,
                                           const RestoreSettings& settings) const {
  const auto patch = network().patch(), step = stride(settings), channels = degraded.size(0);
  const auto [rows, cols] = piece.extent;
  const auto plan = plan_patches(piece.extent, patch, step);
  const auto& window = windows_[static_cast<std::size_t>(settings.window)];
  const auto covered = [&](std::int64_t count) { return (count - 1) * step + patch; };
  const auto corner = piece.halo + plan.first;
  const auto seen = degraded.narrow(1, corner, covered(plan.down)).narrow(2, corner, covered(plan.across));

  auto sums = torch::zeros({1, channels, covered(plan.down), covered(plan.across)}, degraded.options());
  const auto down_at_once = std::max<std::int64_t>(1, kPatchesAtOnce / plan.across);
  for (std::int64_t first = 0; first < plan.down; first += down_at_once) {
    const auto down = std::min(down_at_once, plan.down - first);
    const auto estimates = forward_on_device(patches_of(seen.narrow(1, first * step, covered(down)), patch, step), settings) * window;
    const auto columns = estimates.reshape({down * plan.across, -1}).t().unsqueeze(0);  // [1, C P P, N]
    sums.narrow(2, first * step, covered(down))
        .add_(at::col2im(columns, {covered(down), covered(plan.across)}, {patch, patch}, {1, 1}, {0, 0}, {step, step}));
  }

  const auto times = (patch + step - 1) / step, missing = times * step - patch;  // steps in a patch
  const auto weights =
      torch::constant_pad_nd(window, {0, missing, 0, missing}).view({times, step, times, step}).sum(at::IntArrayRef({0, 2}));
  const auto inside = sums[0].narrow(1, -plan.first, rows).narrow(2, -plan.first, cols);
  return (inside.reshape({channels, rows / step, step, cols / step, step}) / weights.view({1, 1, step, 1, step}))
      .reshape({channels, rows, cols});
}

}  // namespace firstframe
