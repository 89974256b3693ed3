#include "elements/gst/restore_frame.h"

#include "core/base/error.h"
#include "core/colour/restore_picture.h"
#include "elements/gst/frame_view.h"

namespace firstframe {
namespace {

// Whether a frame holds bytes that frame_view does not see.
bool has_unseen_bytes(const GstVideoFrame& frame) {
  const auto format = GST_VIDEO_FRAME_FORMAT(&frame);
  return format == GST_VIDEO_FORMAT_I420 || format == GST_VIDEO_FORMAT_BGRx;
}

}  // namespace

void copy_frame(const GstVideoFrame& from, GstVideoFrame& to) {
  if (!gst_video_frame_copy(&to, &from))
    throw FormatError("firstframerestore: output and input frames differ in format");
}

void restore_frame(const Restorer& restorer, const RestoreSettings& settings, const GstVideoFrame& degraded,
                   GstVideoFrame& restored, std::stop_token stop) {
  if (has_unseen_bytes(degraded)) copy_frame(degraded, restored);
  restore_picture(restorer, frame_view(degraded), frame_span(restored), ChannelPolicy::luma, settings,
                  std::move(stop));
}

}  // namespace firstframe
