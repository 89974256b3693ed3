#include "core/restorers/classical/plane_restorer.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/torch_threads.h"
#include "core/restorers/classical/edge_fold.h"
#include "core/restorers/classical/prior.h"

namespace firstframe {
namespace {

// An inverse filter reaches further than its kernel: 24 pixels more bring its taps below a thousandth for the
// kernels and noise met in practice. Half of the halo is folded.
std::int64_t halo_for(const Kernel& kernel) { return 24 + 2 * kernel.reach(); }

// Whether the halo repeats the tile, so that the tile is all there is of a circular section.
bool is_one_period(const TileShape& tile, std::span<const float> degraded) {
  const auto [rows, cols] = tile.extent;
  const auto wide = cols + 2 * tile.halo;
  for (std::int64_t r = 0; r < rows + 2 * tile.halo; ++r) {
    const float* line = degraded.data() + r * wide;
    const float* inside =
        degraded.data() + (tile.halo + border_index(r - tile.halo, rows, Border::circular)) * wide;
    for (std::int64_t c = 0; c < wide; ++c)
      if (line[c] != inside[tile.halo + border_index(c - tile.halo, cols, Border::circular)]) return false;
  }
  return true;
}

}  // namespace

PlaneRestorer::PlaneRestorer(const ClassicalSettings& settings, std::int64_t preferred_side)
    : UntrainedRestorer(settings, {halo_for(*settings.kernel), /*multiple=*/1, preferred_side}),
      blur_(*settings.kernel),
      prior_(settings.prior),
      stop_(settings.stop) {}

TileNeeds PlaneRestorer::tile_needs(const RestoreSettings& settings) const {
  // Switches are the prior's, where there is one.
  auto needs = UntrainedRestorer::tile_needs(prior_ ? RestoreSettings{} : settings);
  if (!prior_) return needs;
  needs.multiple = prior_->tile_needs(settings).multiple;
  needs.halo = (needs.halo + needs.multiple - 1) / needs.multiple * needs.multiple;
  return needs;
}

torch::Tensor PlaneRestorer::denoised(const torch::Tensor& restored, const Plane& plane,
                                      const RestoreSettings& settings) const {
  return firstframe::denoised(*prior_, restored, plane.beyond, settings);
}

void PlaneRestorer::stop_if_asked() const {
  if (stop_.stop_requested()) throw Cancelled("restore: stopped");
}

void PlaneRestorer::restore_tile(const TileShape& tile, std::span<const float> degraded,
                                 std::span<float> restored, const RestoreSettings& settings) const {
  torch::InferenceMode inference;
  TorchThreads one(1);
  const auto [rows, cols] = tile.extent;
  const Extent extended{rows + 2 * tile.halo, cols + 2 * tile.halo};
  const bool is_period = info().border == Border::circular && is_one_period(tile, degraded);

  std::vector<float> values(degraded.begin(), degraded.end());
  if (!is_period) fold_edges(values, extended, tile.halo / 2);
  const auto whole = torch::from_blob(values.data(), {extended.rows, extended.cols});
  const auto inside = [&](const torch::Tensor& plane) {
    return plane.narrow(0, tile.halo, rows).narrow(1, tile.halo, cols);
  };

  Plane plane;
  plane.degraded = is_period ? inside(whole).contiguous() : whole;
  plane.extent = is_period ? tile.extent : extended;
  plane.transfer = blur_.transfer(plane.extent);
  plane.beyond = is_period ? Border::circular : Border::reflect;
  const auto solved = solve(plane, settings);
  torch::from_blob(restored.data(), {rows, cols}).copy_(is_period ? solved : inside(solved));
}

}  // namespace firstframe
