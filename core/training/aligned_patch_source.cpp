#include "core/training/aligned_patch_source.h"

#include "core/training/patch_sampler.h"

namespace firstframe {

ChosenSource aligned_patch_source(const TrainingPair& aligned, const Region& part, Border border,
                                  PatchSizes sizes, std::int64_t grid) {
  const auto margin = (sizes.margin + grid - 1) / grid * grid;
  return {std::make_unique<PatchSampler>(aligned, part, sizes.patch, margin, border, grid), Augment::none, {}};
}

}  // namespace firstframe
