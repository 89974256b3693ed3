#pragma once

#include <gst/video/video.h>

#include "core/frame/resample.h"

namespace firstframe {

/// Whether a frame holds bytes that frame_view does not see: chroma planes, BGRx's fourth byte.
bool has_unseen_bytes(const GstVideoFrame& frame);

/// Upsamples those bytes bicubically into a larger frame of the same format.
///
/// Chroma of half the resolution lies on a grid of its own, whose first sample is beside the first luma pixel or between
/// the first two, as the caps' chroma-site says; it is moved as the luma is.
///
/// \param upscale  of the luma
void enlarge_unseen(const GstVideoFrame& from, const Upscale& upscale, Border border, GstVideoFrame& to);

}  // namespace firstframe
