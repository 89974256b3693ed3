#include "core/tiling/upsampled_input.h"

#include "core/base/thread_arena.h"
#include "core/base/thread_budget.h"

namespace firstframe {

Upscale upscale_of(const ModelInfo& info) { return {info.scale, info.row_phase, info.col_phase}; }

Extent restored_extent(const ModelInfo& info, Extent degraded) {
  return {info.scale * degraded.rows, info.scale * degraded.cols};
}

Section upsampled_input(const ModelInfo& info, const SectionView& degraded, int threads) {
  return thread_arena(thread_budget(threads)).execute([&] {
    return upsampled(degraded, upscale_of(info), restored_extent(info, degraded.layout.extent), info.border);
  });
}

}  // namespace firstframe
