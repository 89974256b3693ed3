/**
 * SECTION:element-firstframemeasure
 * @title: firstframemeasure
 * @short_description: PSNR and SSIM of a stream against its reference
 *
 * Compares the frames on the pad `sink` with those on the pad `reference`, by
 * PSNR and SSIM over full-range luma, and passes the frames of `sink` on,
 * untouched. Frames belong together when their running times lie within half a
 * frame of each other. Size and format must be alike on both pads.
 *
 * ## Example launch line
 * |[
 * gst-launch-1.0 videotestsrc num-buffers=30 pattern=ball ! video/x-raw,format=I420 ! tee name=t ! \
 *     queue ! firstframedegrade blur-sigma=1.2 noise-sigma=10 seed=1 ! measure.sink  \
 *     t. ! queue ! measure.reference  firstframemeasure name=measure ! fakesink -m
 * ]|
 * Prints a message for every frame, and the averages at the end.
 *
 * ## Messages
 * For every measured frame the element message `firstframe-measure` with the
 * fields `running-time` (uint64, ns), `frame` (uint64, its number on `sink` since the
 * start or a flush, from 0), `psnr` (double, dB) and `ssim` (double). The PSNR of
 * identical frames is infinity.
 *
 * At the end of the stream the element message `firstframe-measure-average` with
 * the fields of #GstFirstframeMeasure:stats. Identical frames are counted and
 * left out of the mean and the minimum of PSNR; they are in that of SSIM.
 *
 * ## Frames without a partner
 * A frame of `sink` without a reference passes unmeasured and counts as
 * `unmatched`, one of `reference` alone as `unmatched-reference`. The stream ends
 * where `sink` does. When `reference` ends earlier, a WARNING says so and frames
 * go on unmeasured. In live pipelines a reference that is late by more than a
 * frame and #GstAggregator:latency is not waited for; in others it is.
 *
 * A flush of both pads begins the averages anew.
 *
 * Since: 0.2
 */

#include "elements/gst/gstfirstframemeasure.h"

#include "elements/gst/measured_stream.h"
#include "elements/gst/video_caps.h"

/* measured_stream.cpp logs to it too. */
GST_DEBUG_CATEGORY (firstframe_measure_debug);
#define GST_CAT_DEFAULT firstframe_measure_debug

enum
{
  PROP_0,
  PROP_STATS,
};

struct _GstFirstframeMeasure
{
  GstAggregator parent;
  firstframe::MeasuredStream * stream;
};

G_DEFINE_FINAL_TYPE (GstFirstframeMeasure, gst_firstframe_measure,
    GST_TYPE_AGGREGATOR);
GST_ELEMENT_REGISTER_DEFINE (firstframemeasure, "firstframemeasure",
    GST_RANK_NONE, GST_TYPE_FIRSTFRAME_MEASURE);

static GstStaticPadTemplate sink_template = GST_STATIC_PAD_TEMPLATE ("sink",
    GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS (FIRSTFRAME_VIDEO_CAPS));

static GstStaticPadTemplate reference_template =
GST_STATIC_PAD_TEMPLATE ("reference",
    GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS (FIRSTFRAME_VIDEO_CAPS));

static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE ("src",
    GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS (FIRSTFRAME_VIDEO_CAPS));

/* ---- frames ---- */

static GstFlowReturn
gst_firstframe_measure_aggregate (GstAggregator * aggregator, gboolean timeout)
{
  return GST_FIRSTFRAME_MEASURE (aggregator)->stream->next (timeout);
}

static GstClockTime
gst_firstframe_measure_get_next_time (GstAggregator * aggregator)
{
  return GST_FIRSTFRAME_MEASURE (aggregator)->stream->due_time ();
}

/* ---- events and queries ---- */

static gboolean
take_caps (GstFirstframeMeasure * self, GstAggregatorPad * pad,
    GstEvent * event)
{
  auto aggregator = GST_AGGREGATOR (self);
  GstCaps *caps = nullptr;
  GstVideoInfo info;

  gst_event_parse_caps (event, &caps);
  if (!gst_video_info_from_caps (&info, caps))
    return FALSE;
  self->stream->set_caps (pad, info);
  if (pad == self->stream->reference_pad ())
    return TRUE;
  gst_aggregator_set_src_caps (aggregator, caps);
  /* In live pipelines a reference may be a frame late. */
  gst_aggregator_set_latency (aggregator, firstframe::frame_duration (info),
      firstframe::frame_duration (info));
  return TRUE;
}

/* What comes out is the stream of sink: its caps, segment, tags and events;
 * those of the reference end here. */
static gboolean
gst_firstframe_measure_sink_event (GstAggregator * aggregator,
    GstAggregatorPad * pad, GstEvent * event)
{
  auto self = GST_FIRSTFRAME_MEASURE (aggregator);
  const bool is_sink = pad == self->stream->tested_pad ();

  switch (GST_EVENT_TYPE (event)) {
    case GST_EVENT_CAPS:
    {
      const gboolean taken = take_caps (self, pad, event);
      gst_event_unref (event);
      return taken;
    }
    case GST_EVENT_SEGMENT:
      if (is_sink) {
        const GstSegment *segment = nullptr;
        gst_event_parse_segment (event, &segment);
        gst_aggregator_update_segment (aggregator, segment);
      }
      break;
    case GST_EVENT_TAG:        /* the parent class takes tags for its own */
      if (is_sink && gst_pad_has_current_caps (aggregator->srcpad))
        return gst_pad_push_event (aggregator->srcpad, event);
      break;
    case GST_EVENT_STREAM_START:
    case GST_EVENT_FLUSH_START:
    case GST_EVENT_FLUSH_STOP:
    case GST_EVENT_GAP:
    case GST_EVENT_EOS:
      break;
    default:
      if (is_sink)
        break;
      gst_event_unref (event);
      return TRUE;
  }
  return GST_AGGREGATOR_CLASS (gst_firstframe_measure_parent_class)
      ->sink_event (aggregator, pad, event);
}

static gboolean
gst_firstframe_measure_sink_query (GstAggregator * aggregator,
    GstAggregatorPad * pad, GstQuery * query)
{
  if (GST_QUERY_TYPE (query) != GST_QUERY_CAPS
      || pad != GST_FIRSTFRAME_MEASURE (aggregator)->stream->tested_pad ())
    return GST_AGGREGATOR_CLASS (gst_firstframe_measure_parent_class)
        ->sink_query (aggregator, pad, query);

  /* Frames leave as they come, so they must be what the next element takes. */
  GstCaps *filter = nullptr;
  auto own = gst_pad_get_pad_template_caps (GST_PAD (pad));

  gst_query_parse_caps (query, &filter);
  auto wanted = filter ? gst_caps_intersect_full (filter, own,
      GST_CAPS_INTERSECT_FIRST) : gst_caps_ref (own);
  auto taken = gst_pad_peer_query_caps (aggregator->srcpad, wanted);
  gst_query_set_caps_result (query, taken);
  gst_caps_unref (taken);
  gst_caps_unref (wanted);
  gst_caps_unref (own);
  return TRUE;
}

/* Memory for tested frames comes from whom they go to. */
static gboolean
gst_firstframe_measure_propose_allocation (GstAggregator * aggregator,
    GstAggregatorPad * pad, GstQuery *, GstQuery * query)
{
  if (pad == GST_FIRSTFRAME_MEASURE (aggregator)->stream->tested_pad ())
    return gst_pad_peer_query (aggregator->srcpad, query);
  gst_query_add_allocation_meta (query, GST_VIDEO_META_API_TYPE, nullptr);
  return TRUE;
}

/* ---- the stream's life ---- */

static gboolean
gst_firstframe_measure_start (GstAggregator * aggregator)
{
  auto self = GST_FIRSTFRAME_MEASURE (aggregator);

  self->stream->begin ();
  self->stream->forget_caps ();
  if (!gst_pad_is_linked (GST_PAD (self->stream->reference_pad ())))
    GST_ELEMENT_WARNING (self, CORE, PAD,
        ("Nothing is linked to the pad reference; frames wait until the clean "
            "stream is."), (nullptr));
  return TRUE;
}

static GstFlowReturn
gst_firstframe_measure_flush (GstAggregator * aggregator)
{
  GST_FIRSTFRAME_MEASURE (aggregator)->stream->begin ();
  return GST_FLOW_OK;
}

/* ---- class and instance ---- */

static void
gst_firstframe_measure_get_property (GObject * object, guint id,
    GValue * value, GParamSpec * pspec)
{
  auto self = GST_FIRSTFRAME_MEASURE (object);

  if (id == PROP_STATS)
    g_value_take_boxed (value,
        self->stream->averages ("application/x-firstframe-measure-stats"));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
gst_firstframe_measure_finalize (GObject * object)
{
  delete GST_FIRSTFRAME_MEASURE (object)->stream;
  G_OBJECT_CLASS (gst_firstframe_measure_parent_class)->finalize (object);
}

static void
gst_firstframe_measure_class_init (GstFirstframeMeasureClass * klass)
{
  auto object_class = G_OBJECT_CLASS (klass);
  auto element_class = GST_ELEMENT_CLASS (klass);
  auto aggregator_class = GST_AGGREGATOR_CLASS (klass);

  GST_DEBUG_CATEGORY_INIT (firstframe_measure_debug, "firstframemeasure", 0,
      "PSNR and SSIM against a reference");

  object_class->get_property = gst_firstframe_measure_get_property;
  object_class->finalize = gst_firstframe_measure_finalize;
  g_object_class_install_property (object_class, PROP_STATS,
      g_param_spec_boxed ("stats", "Statistics",
          "frames measured, identical ones among them, unmatched and "
          "unmatched-reference; mean-psnr, min-psnr (dB, of those that differ), "
          "min-psnr-time (ns) and mean-ssim, once there are any",
          GST_TYPE_STRUCTURE, static_cast<GParamFlags> (G_PARAM_READABLE
              | G_PARAM_STATIC_STRINGS)));

  aggregator_class->aggregate =
      GST_DEBUG_FUNCPTR (gst_firstframe_measure_aggregate);
  aggregator_class->get_next_time =
      GST_DEBUG_FUNCPTR (gst_firstframe_measure_get_next_time);
  aggregator_class->sink_event =
      GST_DEBUG_FUNCPTR (gst_firstframe_measure_sink_event);
  aggregator_class->sink_query =
      GST_DEBUG_FUNCPTR (gst_firstframe_measure_sink_query);
  aggregator_class->propose_allocation =
      GST_DEBUG_FUNCPTR (gst_firstframe_measure_propose_allocation);
  aggregator_class->start = GST_DEBUG_FUNCPTR (gst_firstframe_measure_start);
  aggregator_class->flush = GST_DEBUG_FUNCPTR (gst_firstframe_measure_flush);
  aggregator_class->negotiate = nullptr;        /* sink's caps are the source's */

  gst_element_class_add_static_pad_template_with_gtype (element_class,
      &sink_template, GST_TYPE_AGGREGATOR_PAD);
  gst_element_class_add_static_pad_template_with_gtype (element_class,
      &reference_template, GST_TYPE_AGGREGATOR_PAD);
  gst_element_class_add_static_pad_template_with_gtype (element_class,
      &src_template, GST_TYPE_AGGREGATOR_PAD);
  gst_element_class_set_static_metadata (element_class,
      "PSNR and SSIM of a stream", "Filter/Analyzer/Video",
      "Compares frames with those of a reference on a second pad, by PSNR and "
      "SSIM on luma, posts the figures as messages and passes the frames on",
      "The Firstframe authors");
}

static GstAggregatorPad *
add_sink_pad (GstFirstframeMeasure * self, const gchar * name)
{
  auto pad = GST_PAD (g_object_new (GST_TYPE_AGGREGATOR_PAD, "name", name,
          "direction", GST_PAD_SINK, "template",
          gst_element_get_pad_template (GST_ELEMENT (self), name), nullptr));

  gst_element_add_pad (GST_ELEMENT (self), pad);
  return GST_AGGREGATOR_PAD (pad);
}

static void
gst_firstframe_measure_init (GstFirstframeMeasure * self)
{
  auto sink = add_sink_pad (self, "sink");
  auto reference = add_sink_pad (self, "reference");

  self->stream = new firstframe::MeasuredStream (GST_AGGREGATOR (self), sink,
      reference);
}
