#pragma once

#include "core/degradation/identified.h"

namespace firstframe {

/// Studies what a kernel leaves of a pair.
///
/// \param rest, predicted  1 channel, float32, normalised, of one extent
/// \param inside           the pixels to count; those near the edge depend on the border
/// \param first            where rest's first pixel lies in its frame, for the grid of 8 x 8 blocks
///
/// Variance law: non-negative least squares of the eight variances, relative to their size.
/// Cost: about 30 passes over the pixels and a sort.
IdentifiedNoise identify_noise(const Section& rest, const Section& predicted, const Region& inside,
                               std::int64_t first_row = 0, std::int64_t first_col = 0);

}  // namespace firstframe
