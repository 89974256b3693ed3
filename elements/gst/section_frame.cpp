#include "elements/gst/section_frame.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "elements/gst/frame_view.h"

namespace firstframe {

GstVideoInfo frame_info_of(const SectionSource& source, const SectionClock& clock) {
  const auto stored = source.info().stored;
  const auto type = code_of(stored).type;
  if (type == SampleType::float32)
    throw FormatError(text(source.path().string(), ": holds ", name_of(stored), " samples, and GStreamer has no grey of more than "
                           "16 bits; convert the volume to 16 bits, or use the command firstframe restore"));
  const auto extent = source.extent();
  const auto format = type == SampleType::uint8 ? GST_VIDEO_FORMAT_GRAY8 : GST_VIDEO_FORMAT_GRAY16_LE;
  GstVideoInfo info;
  if (extent.rows > G_MAXINT || extent.cols > G_MAXINT ||
      !gst_video_info_set_format(&info, format, static_cast<guint>(extent.cols), static_cast<guint>(extent.rows)))
    throw FormatError(text(source.path().string(), ": sections of ", name_of(extent), " are larger than frames can be; use the "
                           "command firstframe restore"));
  info.fps_n = clock.frames;
  info.fps_d = clock.seconds;
  return info;
}

void put_section(const Section& section, const GstVideoInfo& info, GstBuffer* buffer) {
  GstVideoFrame frame;
  if (!gst_video_frame_map(&frame, &info, buffer, GST_MAP_WRITE))
    throw DeviceError("firstframevolumesrc: the memory of a frame cannot be written to");
  copy_pixels(section.view(), component_span(frame, 0));
  gst_video_frame_unmap(&frame);
}

}  // namespace firstframe
