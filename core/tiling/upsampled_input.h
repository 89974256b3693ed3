#pragma once

#include "core/frame/resample.h"
#include "core/restorers/model.h"

namespace firstframe {

/// How a model's degraded frames lie on the grid of its restored ones.
Upscale upscale_of(const ModelInfo& info);

/// The extent of the frame that a model makes of a degraded one: `scale` times as many rows and columns.
Extent restored_extent(const ModelInfo& info, Extent degraded);

/// What a model of scale 2..4 restores: the whole degraded frame, bicubically upsampled to restored_extent(), float32 in
/// its own value range.
/// \param threads  0 for all
Section upsampled_input(const ModelInfo& info, const SectionView& degraded, int threads = 0);

}  // namespace firstframe
