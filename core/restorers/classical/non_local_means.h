#pragma once

#include <cstdint>

#include "core/frame/section.h"

namespace firstframe {

inline constexpr std::int64_t kNlmPatchReach = 2;    // patches are 5 x 5
inline constexpr std::int64_t kNlmSearchReach = 10;  // compared within 21 x 21
/// Pixels beyond each edge that a denoised pixel depends on.
inline constexpr std::int64_t kNlmHalo = kNlmPatchReach + kNlmSearchReach;

/// Non-local means: every pixel becomes the mean of those around it, weighted by exp(-max(d - 2 sigma^2, 0) / h^2),
/// d the mean squared difference of the patches around the two.
///
/// \param noisy     [rows + 2 kNlmHalo, cols + 2 kNlmHalo]
/// \param sigma     standard deviation of the noise, in the unit of the pixels, > 0
/// \param h         decay of the weights, in the same unit, > 0
/// \param denoised  [rows, cols]
///
/// The value of a pixel depends on its surroundings alone, to the last bit, not on where it lies in the tile.
/// Cost: 220 weights a pixel, since a pair of pixels shares one; no patch is summed anew for its neighbour's overlap.
/// Source: A. Buades, B. Coll, J.-M. Morel, "A non-local algorithm for image denoising", CVPR 2005, and "Non-Local
/// Means Denoising", IPOL 1, 2011 (the 2 sigma^2). Shift by shift instead of pixel by pixel: J. Darbon et al., "Fast
/// nonlocal filtering applied to electron cryomicroscopy", ISBI 2008; our sums over patches are separable, not integral.
void non_local_means(const float* noisy, Extent extent, float sigma, float h, float* denoised);

}  // namespace firstframe
