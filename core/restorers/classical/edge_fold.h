#pragma once

#include <cstdint>
#include <span>

#include "core/frame/section.h"

namespace firstframe {

/// Lets a plane go on periodically without a jump: in a frame `width` pixels wide, pixels fade into the mean of
/// themselves and their mirror image at the opposite edge. A Fourier transform then sees no edge, and what it makes of
/// the frame stays within reach of it.
///
/// \param plane  [rows, cols], changed in place
/// \param width  pixels, at most half of the shorter side
void fold_edges(std::span<float> plane, Extent extent, std::int64_t width);

}  // namespace firstframe
