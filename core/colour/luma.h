#pragma once

#include "core/frame/section.h"

namespace firstframe {

/// Full-range luma of an R, G, B section: 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601-7, section 2.5.1).
///
/// \param rgb  3 channels in the order R, G, B, any type
/// \return [1, H, W] float32 in the value range of `rgb`, not rounded
/// \throws FormatError unless there are 3 channels
Section luma_of(const SectionView& rgb);

/// The same into a float32 section of the same extent, in that section's own value range.
void luma_of(const SectionView& rgb, const SectionSpan& luma);

/// A 1-channel section as it is, the luma of a 3-channel one.
/// \throws FormatError for another number of channels
Section luma_or_grey(const SectionView& section);

}  // namespace firstframe
