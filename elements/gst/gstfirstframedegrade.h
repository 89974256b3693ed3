#pragma once

#include <gst/video/gstvideofilter.h>

G_BEGIN_DECLS

#define GST_TYPE_FIRSTFRAME_DEGRADE (gst_firstframe_degrade_get_type ())
G_DECLARE_FINAL_TYPE (GstFirstframeDegrade, gst_firstframe_degrade, GST,
    FIRSTFRAME_DEGRADE, GstVideoFilter)

GST_ELEMENT_REGISTER_DECLARE (firstframedegrade);

G_END_DECLS
