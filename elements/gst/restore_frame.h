#pragma once

#include <gst/video/video.h>

#include <stop_token>

#include "core/restorers/restorer.h"
#include "core/settings/settings.h"

namespace firstframe {

/// Copies every pixel bit by bit, BGRx's fourth byte and chroma included. Into a frame 2 to 4 times as large, which
/// super-resolution will fill, it is upsampled bicubically instead, each pixel to the centre of those it becomes.
/// \throws FormatError when the frames differ in format, or in size by another factor
void pass_frame(const GstVideoFrame& from, GstVideoFrame& to);

/// Copies what a restorer does not see, chroma and BGRx's fourth byte, into a frame of the same size; it may copy all.
void carry_unseen(const GstVideoFrame& from, GstVideoFrame& to);

/// Restores grey and luma planes as they are, RGB through its luma; chroma and BGRx's fourth byte are copied, or
/// upsampled bicubically when the model makes larger frames.
///
/// \throws FormatError, ArgumentError, Cancelled as restore_picture
void restore_frame(const Restorer& restorer, const RestoreSettings& settings, const GstVideoFrame& degraded,
                   GstVideoFrame& restored, std::stop_token stop);

}  // namespace firstframe
