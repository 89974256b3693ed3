#pragma once

#include <gst/base/gstaggregator.h>

G_BEGIN_DECLS

#define GST_TYPE_FIRSTFRAME_MEASURE (gst_firstframe_measure_get_type ())
G_DECLARE_FINAL_TYPE (GstFirstframeMeasure, gst_firstframe_measure, GST,
    FIRSTFRAME_MEASURE, GstAggregator)

GST_ELEMENT_REGISTER_DECLARE (firstframemeasure);

G_END_DECLS
