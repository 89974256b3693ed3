#pragma once

#include <gst/video/video.h>

#include "elements/gst/measure_stats.h"

namespace firstframe {

/// PSNR and SSIM of two frames of one size, over their luma on normalised values: each by its own value range, so that
/// studio and full range read alike.
///
/// \throws FormatError when a frame cannot be mapped, or is smaller than the 11 x 11 window of SSIM
FrameQuality measure_frame(GstBuffer* tested, const GstVideoInfo& tested_info, GstBuffer* reference,
                           const GstVideoInfo& reference_info);

}  // namespace firstframe
