#include "core/restorers/classical/prior.h"

#include <cstring>
#include <vector>

namespace firstframe {
namespace {

// The plane with `halo` more pixels on every side.
std::vector<float> extended(const float* plane, Extent extent, std::int64_t halo, Border beyond) {
  const auto [rows, cols] = extent;
  const auto wide = cols + 2 * halo;
  std::vector<float> result(static_cast<std::size_t>((rows + 2 * halo) * wide));
  for (std::int64_t r = 0; r < rows + 2 * halo; ++r) {
    const float* from = plane + border_index(r - halo, rows, beyond) * cols;
    float* to = result.data() + r * wide;
    for (std::int64_t c = 0; c < halo; ++c) {
      to[c] = from[border_index(c - halo, cols, beyond)];
      to[halo + cols + c] = from[border_index(cols + c, cols, beyond)];
    }
    std::memcpy(to + halo, from, static_cast<std::size_t>(cols) * sizeof(float));
  }
  return result;
}

}  // namespace

torch::Tensor denoised(const Restorer& prior, const torch::Tensor& plane, Border beyond,
                       const RestoreSettings& settings) {
  const auto halo = prior.tile_needs(settings).halo;
  const auto contiguous = plane.contiguous();
  const Extent extent{contiguous.size(0), contiguous.size(1)};
  const auto input = extended(contiguous.data_ptr<float>(), extent, halo, beyond);
  auto result = torch::empty({extent.rows, extent.cols});
  prior.restore_tile({extent, halo}, input,
                     {result.data_ptr<float>(), static_cast<std::size_t>(result.numel())}, settings);
  return result;
}

}  // namespace firstframe
