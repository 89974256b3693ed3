#include "core/training/patch_sampler.h"

#include "core/frame/normalised.h"

namespace firstframe {
namespace {

Region grown(const Region& region, std::int64_t by) {
  return {region.row - by, region.col - by, region.rows + 2 * by, region.cols + 2 * by};
}

// The part without the rows and columns before the first multiple of `grid`.
Region on_grid(const Region& part, std::int64_t grid) {
  const auto rows = (grid - part.row % grid) % grid, cols = (grid - part.col % grid) % grid;
  return {part.row + rows, part.col + cols, part.rows - rows, part.cols - cols};
}

torch::Tensor all_patches(const torch::Tensor& section, std::int64_t side, std::int64_t grid) {
  return section.unfold(1, side, grid).unfold(2, side, grid).permute({1, 2, 0, 3, 4});
}

}  // namespace

torch::Tensor normalised_tensor(const Section& section, const Region& region, Border border) {
  auto values = torch::empty({section.channels(), region.rows, region.cols});
  load_normalised(section.view(), region, border, values.data_ptr<float>());
  return values;
}

PatchSampler::PatchSampler(const TrainingPair& pair, const Region& part, std::int64_t patch, std::int64_t margin,
                           Border border, std::int64_t grid)
    : degraded_(all_patches(normalised_tensor(pair.degraded, grown(on_grid(part, grid), margin), border),
                            patch + 2 * margin, grid)),
      clean_(all_patches(normalised_tensor(pair.clean, on_grid(part, grid), border), patch, grid)) {}

PatchBatch PatchSampler::draw(std::int64_t count, torch::Generator& generator) const {
  const auto rows = torch::randint(clean_.size(0), {count}, generator, torch::kLong);
  const auto cols = torch::randint(clean_.size(1), {count}, generator, torch::kLong);
  return {degraded_.index({rows, cols}), clean_.index({rows, cols})};
}

}  // namespace firstframe
