#pragma once

#include <gst/base/gstpushsrc.h>

G_BEGIN_DECLS

#define GST_TYPE_FIRSTFRAME_VOLUME_SRC (gst_firstframe_volume_src_get_type ())
G_DECLARE_FINAL_TYPE (GstFirstframeVolumeSrc, gst_firstframe_volume_src, GST,
    FIRSTFRAME_VOLUME_SRC, GstPushSrc)

GST_ELEMENT_REGISTER_DECLARE (firstframevolumesrc);

G_END_DECLS
