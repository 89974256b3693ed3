#pragma once

#include <gst/video/video.h>

#include "core/frame/section.h"

namespace firstframe {

/// The values of the first component that stand for black and white: 16..235 for studio-range luma of 8 bits, 64..940 of
/// 10, 4096..60160 of 16; 0..255, 0..1023 and 0..65535 for full range.
///
/// Caps that leave the range open mean studio range for YUV and full range for grey and RGB, as everywhere.
ValueRange value_range_of(const GstVideoInfo& info);

/// How many components of a frame restorers see, the first ones: R, G, B, or grey or luma alone. The others are chroma
/// and alpha.
guint seen_components(const GstVideoInfo& info);

/// One component of a frame, without a copy, where GStreamer's description of the format says that it lies: with the
/// frame's own strides, subsampled as the format has it, between its neighbours where they are interleaved. The value
/// range is all that the component's bits hold. Samples of more than 8 bits are uint16 in the frame's byte order.
SectionView component_view(const GstVideoFrame& frame, guint component);

/// The same, to write into.
SectionSpan component_span(GstVideoFrame& frame, guint component);

/// What a restorer sees of a frame, in the range of value_range_of(): its grey or luma plane, or R, G, B in this order
/// (BGRx is seen backwards from its third byte). Samples as they are in component_view(); see native_samples.h.
///
/// \throws FormatError for a format that is not one of GRAY8, GRAY16_LE, GRAY16_BE, I420, NV12, Y42B, Y444, I420_10LE,
/// RGB, BGRx, RGBA
SectionView frame_view(const GstVideoFrame& frame);

/// The same, to write into.
SectionSpan frame_span(GstVideoFrame& frame);

}  // namespace firstframe
