#include "elements/gst/frame_job.h"

#include <utility>

#include "core/base/error.h"

namespace firstframe {

FrameJob::FrameJob(GstBuffer* frame) : input_(gst_buffer_ref(frame)), output_(frame) {
  came_ = began_ = ready_ = gst_util_get_timestamp();
}

FrameJob::FrameJob(GstBuffer* degraded, const GstVideoInfo& degraded_info, GstBuffer* restored, const GstVideoInfo& restored_info)
    : input_(degraded), output_(restored) {
  came_ = began_ = ready_ = gst_util_get_timestamp();
  // Without a reference of its own a mapping leaves a buffer writable, and this keeps both longer than they are mapped.
  const auto flags = static_cast<int>(GST_VIDEO_FRAME_MAP_FLAG_NO_REF);
  if (!gst_video_frame_map(&degraded_, &degraded_info, degraded, static_cast<GstMapFlags>(GST_MAP_READ | flags)))
    throw FormatError("firstframerestore: a frame is smaller than its caps say");
  if (!gst_video_frame_map(&restored_, &restored_info, restored, static_cast<GstMapFlags>(GST_MAP_WRITE | flags))) {
    gst_video_frame_unmap(&degraded_);
    throw FormatError("firstframerestore: the room for a restored frame cannot be written");
  }
  is_mapped_ = true;
}

FrameJob::~FrameJob() { unmap(); }

void FrameJob::unmap() {
  if (!std::exchange(is_mapped_, false)) return;
  gst_video_frame_unmap(&restored_);
  gst_video_frame_unmap(&degraded_);
}

void FrameJob::run() {
  began_ = gst_util_get_timestamp();
  work_(degraded_, restored_);
  ready_ = gst_util_get_timestamp();
}

GstBuffer* FrameJob::take_output() {
  unmap();
  return output_.release();
}

FrameTimes FrameJob::times() const { return {ready_ - began_, ready_ - came_, gst_util_get_timestamp() - came_}; }

}  // namespace firstframe
