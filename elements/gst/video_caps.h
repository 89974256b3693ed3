#pragma once

#include <gst/video/video.h>

/* What all elements of the plugin take; frame_view.h sees them. */
#define FIRSTFRAME_VIDEO_CAPS GST_VIDEO_CAPS_MAKE ( \
    "{ GRAY8, GRAY16_LE, GRAY16_BE, I420, NV12, Y42B, Y444, I420_10LE, RGB, BGRx, RGBA }")

namespace firstframe {

/// Refuses interlaced video with one error, however often neighbours offer it.
class InterlacedCaps {
 public:
  /// READY -> PAUSED.
  void begin() { is_refused_ = false; }
  /// \return whether the video is progressive; an error was posted otherwise
  bool accept(GstElement* element, const GstVideoInfo& info);

 private:
  bool is_refused_ = false;
};

}  // namespace firstframe
