#pragma once

#include <gst/video/video.h>

#include <memory>
#include <stop_token>

#include "core/restorers/restorer.h"
#include "core/settings/settings.h"
#include "elements/gst/frames_before.h"
#include "elements/gst/tile_reuse.h"

namespace firstframe {

/// Copies every pixel bit by bit: chroma, alpha and BGRx's fourth byte too. Into a frame 2 to 4 times as large, which
/// super-resolution will fill, it is upsampled bicubically instead, each pixel to the centre of those it becomes.
/// \param threads  at most, 0 for all
/// \throws FormatError when the frames differ in format, or in size by another factor
void pass_frame(const GstVideoFrame& from, GstVideoFrame& to, int threads = 0);

/// Restores grey and luma planes as they are, RGB through its luma, each at the format's own depth; chroma, alpha and
/// BGRx's fourth byte are copied, or upsampled bicubically when the model makes larger frames.
///
/// \param neighbours  of the frame, for a model that averages them; else empty
/// \throws FormatError, ArgumentError, Cancelled as restore_picture
void restore_frame(const Restorer& restorer, const RestoreSettings& settings, const GstVideoFrame& degraded,
                   GstVideoFrame& restored, const FrameNeighbours& neighbours, std::stop_token stop);

/// The same for grey and luma planes of frames of their own size, with tiles kept that have not changed.
/// \throws as TileReuse::restore
void restore_changes(TileReuse& tiles, const std::shared_ptr<const Restorer>& restorer, const RestoreSettings& settings,
                     const GstVideoFrame& degraded, GstVideoFrame& restored, const FrameNeighbours& neighbours, std::stop_token stop);

}  // namespace firstframe
