#pragma once

#include "core/frame/resample.h"
#include "core/training/pair.h"

namespace firstframe {

/// Finds where the pixels of a small degraded section lie on the grid of its large clean one.
///
/// Tried are keeping every n-th row from 0..n-1 on, as far as the extents allow it, and the centre of n rows, and the same
/// for columns, of the clean section as it is and under Gaussian blurs of several widths. The phases win whose samples are
/// closest to the degraded section, by least squares after the best gain and offset. Comparing on the small grid adds no
/// interpolation error, which favours the centre where edges are sharp.
///
/// \param pair   checked (check_pair)
/// \param scale  2..4, see scale_of
/// Cost: four blurs and 125 comparisons, of 256 x 256 degraded pixels from the pair's middle at most.
Upscale find_phase(const TrainingPair& pair, std::int64_t scale);

}  // namespace firstframe
