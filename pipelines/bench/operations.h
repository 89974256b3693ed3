#pragma once

#include "core/restorers/model.h"
#include "core/settings/settings.h"

namespace firstframe {

/// Floating-point operations that a restored pixel of one channel costs at least: two for every multiplication with a weight, counted
/// once for a frame without borders. What tiles compute twice at their seams is not counted, nor are activations and averages:
/// against the peak this is the useful part. Patch models: of all patches that lie over a pixel at `stride`.
///
/// 0 for restorers that are no chain of products (classical ones).
double operations_per_pixel(const ModelInfo& info, const RestoreSettings& settings);

}  // namespace firstframe
