#pragma once

#include <gst/video/video.h>

#include "core/frame/section.h"

namespace firstframe {

/// What a restorer sees of a frame (frame_view), in this machine's byte order: the frame's own pixels or, of GRAY16_BE, a
/// copy.
/// \param scratch  holds the copy; kept for the next frame, it spares its allocation
SectionView native_view(const GstVideoFrame& frame, Section& scratch);

/// Brings a component that was written as native integers into its format: no value above what its bits hold, which is
/// 1023 for 10 bits in 16, and the format's byte order. Other components are left alone.
void finish_component(GstVideoFrame& frame, guint component);

}  // namespace firstframe
