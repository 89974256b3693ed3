#pragma once

#include <gst/video/video.h>

#include <string>

namespace firstframe {

/// The frame of a sample, mapped for reading while this lives.
class MappedSample {
 public:
  /// \param name  what the sample is to its giver, for messages
  /// \throws ArgumentError when there is no sample, or it has no buffer or no caps
  /// \throws FormatError when its caps are no raw video, or its buffer is smaller than they say
  MappedSample(GstSample* sample, const std::string& name);
  /// A buffer of a known format. It must outlive this. \throws FormatError when it cannot be mapped
  MappedSample(GstBuffer* buffer, GstVideoInfo info, const std::string& name);
  ~MappedSample() { gst_video_frame_unmap(&frame_); }
  MappedSample(const MappedSample&) = delete;
  MappedSample& operator=(const MappedSample&) = delete;

  const GstVideoFrame& frame() const { return frame_; }

 private:
  GstVideoFrame frame_;
};

}  // namespace firstframe
