#pragma once

#include <gst/video/video.h>

#include "core/frame/section.h"

namespace firstframe {

/// The values of the first component that stand for black and white: 16..235 for studio-range luma, 0..255
/// for full range, the same times 256 (4096..60160) or 0..65535 for 16 bits.
///
/// Caps that leave the range open mean studio range for YUV and full range for grey and RGB, as everywhere.
ValueRange value_range_of(const GstVideoInfo& info);

/// What a restorer sees of a frame, without a copy and with the frame's own strides: the grey plane, the luma
/// plane of I420, or R, G, B in this order (BGRx is seen backwards from its third byte).
///
/// \throws FormatError for a format that is not one of GRAY8, GRAY16_LE, I420, RGB, BGRx
SectionView frame_view(const GstVideoFrame& frame);

/// The same, to write into.
SectionSpan frame_span(GstVideoFrame& frame);

}  // namespace firstframe
