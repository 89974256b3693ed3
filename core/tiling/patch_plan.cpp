#include "core/tiling/patch_plan.h"

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {

PatchPlan plan_patches(Extent tile, std::int64_t patch, std::int64_t stride) {
  if (patch < 1) throw ArgumentError(text("patch plan: patch ", patch, " is not accepted; use 1 or more"));
  if (stride < 1 || stride > patch)
    throw ArgumentError(text("patch plan: stride ", stride, " would leave pixels uncovered; use 1..", patch));
  if (tile.rows < 1 || tile.cols < 1 || tile.rows % stride != 0 || tile.cols % stride != 0)
    throw ArgumentError(text("patch plan: a ", name_of(tile), " tile does not hold whole strides of ", stride));

  // The first start that still touches pixel 0 and keeps the grid anchored there.
  const auto first = -((patch - 1) / stride) * stride;
  return {first, stride, (tile.rows - first) / stride, (tile.cols - first) / stride};
}

}  // namespace firstframe
