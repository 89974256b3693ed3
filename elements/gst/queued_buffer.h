#pragma once

#include <gst/base/gstaggregator.h>
#include <gst/video/video.h>

#include <memory>
#include <optional>

namespace firstframe {

struct BufferUnref {
  void operator()(GstBuffer* buffer) const { gst_buffer_unref(buffer); }
};
using BufferPtr = std::unique_ptr<GstBuffer, BufferUnref>;

/// The buffer that a pad of an aggregator will give next, or nullptr; it stays in the pad's queue.
BufferPtr peek(GstAggregatorPad* pad);

/// Whether a buffer has no pixels but says that none come for a while: GstAggregator queues GAP events as such.
bool is_gap(const BufferPtr& buffer);

/// When the buffer is due in its pad's segment, ns; nothing without a PTS or outside a TIME segment. Buffers from before
/// the segment have negative times.
std::optional<GstClockTimeDiff> running_time_of(GstAggregatorPad* pad, const BufferPtr& buffer);

/// How long a frame of these caps lasts, ns; 0 where the caps do not say.
GstClockTime frame_duration(const GstVideoInfo& info);

/// Half of the buffer's duration, or of the caps', or a millisecond where neither is known.
GstClockTimeDiff half_frame(const BufferPtr& buffer, const std::optional<GstVideoInfo>& info);

}  // namespace firstframe
