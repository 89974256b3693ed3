#pragma once

#include <gst/base/gstbasesink.h>

G_BEGIN_DECLS

#define GST_TYPE_FIRSTFRAME_VOLUME_SINK (gst_firstframe_volume_sink_get_type ())
G_DECLARE_FINAL_TYPE (GstFirstframeVolumeSink, gst_firstframe_volume_sink, GST,
    FIRSTFRAME_VOLUME_SINK, GstBaseSink)

GST_ELEMENT_REGISTER_DECLARE (firstframevolumesink);

G_END_DECLS
