#pragma once

#include <gst/video/video.h>

#include "core/frame/resample.h"

namespace firstframe {

/// Whether a frame holds bytes that frame_view does not see: chroma, alpha, BGRx's fourth byte.
bool has_unseen_bytes(const GstVideoFrame& frame);

/// Upsamples those bytes bicubically into a larger frame of the same format.
///
/// Subsampled chroma lies on a grid of its own, whose first sample is beside the first luma pixel or in the middle of
/// those it stands for, as the caps' chroma-site says; it is moved as the luma is. Chroma of full resolution and alpha
/// lie on the luma's grid.
///
/// \param upscale  of the luma
/// \param threads  at most, 0 for all
void enlarge_unseen(const GstVideoFrame& from, const Upscale& upscale, Border border, GstVideoFrame& to,
                    int threads = 0);

}  // namespace firstframe
