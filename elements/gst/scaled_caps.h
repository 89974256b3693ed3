#pragma once

#include <gst/gst.h>

#include <optional>

#include "core/frame/section.h"

namespace firstframe {

/// How large the frames of fixed caps are.
std::optional<Extent> extent_in(const GstCaps* caps);

/// Caps of video whose frames are `factor` times as wide and high, all else as it is. Sizes that no int holds are left out.
/// \param factor  1 or more
/// \return a new reference, empty when no size is left
GstCaps* enlarged_caps(const GstCaps* caps, gint factor);

/// The caps of which enlarged_caps() makes these: sizes that the factor does not divide are left out.
GstCaps* reduced_caps(const GstCaps* caps, gint factor);

}  // namespace firstframe
