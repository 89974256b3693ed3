#include "core/restorers/pixel_restorer.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/scratch.h"
#include "core/base/text.h"
#include "core/restorers/patch_row.h"

namespace firstframe {
namespace {

constexpr std::int64_t kTileSide = 48;  // pixels; a tile's patches, one a pixel, then stay within some megabytes
constexpr std::int64_t kPatchesAtOnce = 1 << 15;  // of a GPU; as in patch_restorer.cpp

}  // namespace

TileNeeds PixelRestorer::tile_needs(const RestoreSettings& settings) const {
  if (settings.ensemble > 1)
    throw ArgumentError(
        "ensemble: this model restores one pixel of a patch, which is another one when the patch is turned; use 1");
  if (settings.stride > 1)
    throw ArgumentError(text("stride: ", settings.stride, " would leave pixels out; this model restores one pixel per "
                             "patch, use 1, or 0 for the same"));
  return {network().halo(), 1, kTileSide};
}

void PixelRestorer::restore_tile(const TileShape& tile, std::span<const float> degraded, std::span<float> restored,
                                 const RestoreSettings&) const {
  const auto patch = network().patch();
  const auto [row, col, height, width] = network().restored_part({patch, patch});
  const auto [rows, cols] = tile.extent;
  const auto channels = info().channels;

  if (const auto* engine = recurrent()) {
    const auto line = cols + 2 * tile.halo, plane = (rows + 2 * tile.halo) * line;
    Scratch<float> means(static_cast<std::size_t>(cols));
    Scratch<std::uint32_t> steps(static_cast<std::size_t>(engine->steps() * cols * engine->padded_inputs() /
                                                          engine->kernels().channels_per_word()));
    Scratch<float> change(static_cast<std::size_t>(cols * channels));
    for (std::int64_t r = 0; r < rows; ++r) {
      const float* middle = degraded.data() + (tile.halo + r) * line + tile.halo;
      const PatchRow patches{middle - row * line - col, line, plane, /*stride=*/1, cols};
      patch_means(patches, channels, patch, means.data());
      gather_steps(*engine, patches, info(), 0, means.data(), steps.data());
      engine->run(cols, steps.data(), change.data());
      for (std::int64_t channel = 0; channel < channels; ++channel)
        for (std::int64_t c = 0; c < cols; ++c)
          restored[static_cast<std::size_t>((channel * rows + r) * cols + c)] =
              middle[channel * plane + c] + change[static_cast<std::size_t>(c * channels + channel)];
    }
    return;
  }

  // The patch of every pixel as a view into the tile, then one copy: [C, rows, cols, P, P] -> [N, C, P, P].
  const auto input = at::from_blob(const_cast<float*>(degraded.data()),
                                      {channels, rows + 2 * tile.halo, cols + 2 * tile.halo});
  const auto patches = input.narrow(1, tile.halo - row, rows + patch - 1)
                           .narrow(2, tile.halo - col, cols + patch - 1)
                           .unfold(1, patch, 1)
                           .unfold(2, patch, 1)
                           .permute({1, 2, 0, 3, 4})
                           .reshape({-1, channels, patch, patch});
  auto target = at::from_blob(restored.data(), {channels, rows, cols});
  target.copy_(forward(patches, {}).reshape({rows, cols, channels}).permute({2, 0, 1}));
}

// As in restore_tile(), some rows of pixels at a time.
torch::Tensor PixelRestorer::restore_piece(const torch::Tensor& degraded, const TileShape& piece,
                                           const RestoreSettings& settings) const {
  const auto patch = network().patch(), channels = degraded.size(0);
  const auto part = network().restored_part({patch, patch});
  const auto [rows, cols] = piece.extent;
  const auto seen = degraded.narrow(1, piece.halo - part.row, rows + patch - 1).narrow(2, piece.halo - part.col, cols + patch - 1);
  std::vector<torch::Tensor> stripes;
  const auto rows_at_once = std::max<std::int64_t>(1, kPatchesAtOnce / cols);
  for (std::int64_t row = 0; row < rows; row += rows_at_once) {
    const auto count = std::min(rows_at_once, rows - row);
    const auto patches = seen.narrow(1, row, count + patch - 1).unfold(1, patch, 1).unfold(2, patch, 1).permute({1, 2, 0, 3, 4});
    const auto pixels = forward_on_device(patches.reshape({-1, channels, patch, patch}), settings);
    stripes.push_back(pixels.reshape({count, cols, channels}).permute({2, 0, 1}));
  }
  return torch::cat(stripes, 1);
}

}  // namespace firstframe
