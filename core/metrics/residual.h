#pragma once

#include "core/frame/section.h"

namespace firstframe {

/// What a restoration removed: degraded - restored, worth looking at for structure that should have stayed.
///
/// In the type and value range of `degraded`. Integers are shown around the middle of their range (128 for 8 bits) and
/// clamped; float32 holds the plain difference.
/// \throws FormatError when extents or channels differ
Section residual_of(const SectionView& degraded, const SectionView& restored);

/// The plain difference, float32 in the units of `degraded`: what volumes and seismic sections keep.
/// \throws FormatError when extents or channels differ
Section difference_of(const SectionView& degraded, const SectionView& restored);

}  // namespace firstframe
