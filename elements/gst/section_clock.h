#pragma once

#include <gst/gst.h>

namespace firstframe {

/// When the sections of a volume are shown: `frames` of them in every `seconds`.
struct SectionClock {
  gint frames = 25;
  gint seconds = 1;

  /// Stream time of a section, ns rounded down.
  GstClockTime time_of(guint64 index) const { return gst_util_uint64_scale(index, seconds * GST_SECOND, frames); }

  /// The section that is shown at a time.
  guint64 index_at(GstClockTime time) const {
    const auto index = gst_util_uint64_scale(time, frames, seconds * GST_SECOND);
    return time_of(index + 1) <= time ? index + 1 : index;  // time_of() is rounded down
  }

  /// Between sections (GST_FORMAT_DEFAULT) and time. \return false for other formats
  bool convert(GstFormat from, gint64 value, GstFormat to, gint64* result) const {
    if (from == to || value < 0)
      *result = value;
    else if (from == GST_FORMAT_DEFAULT && to == GST_FORMAT_TIME)
      *result = static_cast<gint64>(time_of(static_cast<guint64>(value)));
    else if (from == GST_FORMAT_TIME && to == GST_FORMAT_DEFAULT)
      *result = static_cast<gint64>(index_at(static_cast<GstClockTime>(value)));
    else
      return false;
    return true;
  }
};

}  // namespace firstframe
