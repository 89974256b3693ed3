#pragma once

#include "core/frame/section.h"

namespace firstframe {

/// Structural similarity with an 11 x 11 Gaussian window, sigma 1.5, K1 = 0.01, K2 = 0.03, data range 1 on
/// normalised values; the mean over the positions where the window lies wholly inside.
///
/// \param restored, clean  1 channel, both sides at least 11 pixels
/// \throws FormatError otherwise, or when extents differ
/// Source: Z. Wang, A. C. Bovik, H. R. Sheikh, E. P. Simoncelli, "Image Quality Assessment: From Error
/// Visibility to Structural Similarity", IEEE TIP 13(4), 2004.
double ssim(const SectionView& restored, const SectionView& clean);

}  // namespace firstframe
