#pragma once

#include <gst/video/video.h>

#include "core/frame/section.h"
#include "core/training/pair.h"

namespace firstframe {

/// The training pair of a stream: its first frame and the clean picture, both as luma.
///
/// A colour clean picture becomes luma with the stream's own weights (BT.709 for most HD video), since the Y
/// plane it is compared with was made with them. Each section keeps its own value range, so a full-range
/// picture and a studio-range stream agree. A clean picture of 16 bits serves a stream of 8 and 10 bits too.
///
/// \param clean  1 channel, or R, G, B
/// \throws FormatError for an 8-bit clean picture beside a stream of 10 or 16 bits, whose depth it cannot teach
TrainingPair stream_pair(const Section& clean, const GstVideoFrame& degraded);

/// The pair of two pictures of one scene.
TrainingPair picture_pair(const Section& clean, const Section& degraded);

}  // namespace firstframe
