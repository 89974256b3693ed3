#include "elements/gst/mapped_sample.h"

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

GstSample* checked(GstSample* sample, const std::string& name) {
  if (!sample || !gst_sample_get_buffer(sample) || !gst_sample_get_caps(sample))
    throw ArgumentError(text("adapt: the ", name, " sample has no ",
                             !sample                          ? "content"
                             : !gst_sample_get_buffer(sample) ? "buffer"
                                                              : "caps",
                             "; give a GstSample with a video frame and its caps"));
  return sample;
}

GstVideoInfo info_of(GstSample* sample, const std::string& name) {
  GstVideoInfo info;
  if (gst_video_info_from_caps(&info, gst_sample_get_caps(checked(sample, name)))) return info;
  gchar* caps = gst_caps_to_string(gst_sample_get_caps(sample));
  const auto message = text("adapt: the ", name, " sample is ", caps, "; give raw video");
  g_free(caps);
  throw FormatError(message);
}

// gst_video_frame_map takes caps that contradict the buffer's own description for a bug of its caller.
bool agrees(GstBuffer* buffer, const GstVideoInfo& info) {
  const auto* meta = gst_buffer_get_video_meta(buffer);
  return !meta ||
         (meta->format == GST_VIDEO_INFO_FORMAT(&info) && meta->width >= static_cast<guint>(info.width) &&
          meta->height >= static_cast<guint>(info.height));
}

}  // namespace

MappedSample::MappedSample(GstSample* sample, const std::string& name)
    : MappedSample(gst_sample_get_buffer(checked(sample, name)), info_of(sample, name), name) {}

MappedSample::MappedSample(GstBuffer* buffer, GstVideoInfo info, const std::string& name) {
  if (!agrees(buffer, info) || !gst_video_frame_map(&frame_, &info, buffer, GST_MAP_READ))
    throw FormatError(text("The ", name, " frame of ", gst_buffer_get_size(buffer),
                           " bytes cannot be read as ", info.width, " x ", info.height, " ",
                           GST_VIDEO_INFO_NAME(&info), " of ", info.size,
                           " bytes; give frames that are as their caps say"));
}

}  // namespace firstframe
