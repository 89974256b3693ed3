#pragma once

#include "core/frame/section.h"

namespace firstframe {

/// How a restored section compares with the clean one once brightness and contrast are set aside.
struct MatchedPsnr {
  double gain = 1;    // of the least-squares fit clean = gain restored + offset over all pixels
  double offset = 0;  // normalised
  double db = 0;      // PSNR of gain restored + offset, peak 1; infinity where it meets the clean section everywhere
};

/// PSNR after one gain and one offset are fitted to the clean section by least squares: for annotations that are brighter
/// or darker than the frame they annotate, as averaged OCT scans are, where plain PSNR measures little else. It depends
/// on the correlation r of the two sections alone: 10 log10(1 / ((1 - r^2) var(clean))).
///
/// Nothing is clamped. A constant restored section gets gain 0, and so the PSNR of the clean section's mean.
///
/// \param restored, clean  of one extent, 1 channel each; normalised by their own value ranges
/// \throws FormatError when extents or channels differ, there is more than 1 channel or a value is not finite
MatchedPsnr matched_psnr(const SectionView& restored, const SectionView& clean);

}  // namespace firstframe
