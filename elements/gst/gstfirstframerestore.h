#pragma once

#include <gst/video/gstvideofilter.h>

G_BEGIN_DECLS

#define GST_TYPE_FIRSTFRAME_RESTORE (gst_firstframe_restore_get_type ())
G_DECLARE_FINAL_TYPE (GstFirstframeRestore, gst_firstframe_restore, GST,
    FIRSTFRAME_RESTORE, GstVideoFilter)

GST_ELEMENT_REGISTER_DECLARE (firstframerestore);

G_END_DECLS
