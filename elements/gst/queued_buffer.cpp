#include "elements/gst/queued_buffer.h"

namespace firstframe {

BufferPtr peek(GstAggregatorPad* pad) { return BufferPtr(gst_aggregator_pad_peek_buffer(pad)); }

bool is_gap(const BufferPtr& buffer) {
  return GST_BUFFER_FLAG_IS_SET(buffer.get(), GST_BUFFER_FLAG_GAP) && gst_buffer_get_size(buffer.get()) == 0;
}

std::optional<GstClockTimeDiff> running_time_of(GstAggregatorPad* pad, const BufferPtr& buffer) {
  guint64 time = 0;
  gint sign = 0;
  GST_OBJECT_LOCK(pad);
  if (pad->segment.format == GST_FORMAT_TIME && GST_BUFFER_PTS_IS_VALID(buffer.get()))
    sign =
        gst_segment_to_running_time_full(&pad->segment, GST_FORMAT_TIME, GST_BUFFER_PTS(buffer.get()), &time);
  GST_OBJECT_UNLOCK(pad);
  if (sign == 0) return std::nullopt;
  return sign * static_cast<GstClockTimeDiff>(time);
}

GstClockTime frame_duration(const GstVideoInfo& info) {
  if (info.fps_n <= 0 || info.fps_d <= 0) return 0;
  return gst_util_uint64_scale_int(GST_SECOND, info.fps_d, info.fps_n);
}

GstClockTimeDiff half_frame(const BufferPtr& buffer, const std::optional<GstVideoInfo>& info) {
  auto duration = GST_BUFFER_DURATION(buffer.get());
  if (!GST_CLOCK_TIME_IS_VALID(duration) || duration == 0) duration = info ? frame_duration(*info) : 0;
  return duration > 0 ? static_cast<GstClockTimeDiff>(duration / 2) : GST_MSECOND;
}

}  // namespace firstframe
