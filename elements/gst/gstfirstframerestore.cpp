/**
 * SECTION:element-firstframerestore
 * @title: firstframerestore
 * @short_description: learns from one clean frame and restores the stream
 *
 * Trains a small network on the first frame that arrives and its clean
 * counterpart, a picture given as #GstFirstframeRestore:clean-location, and
 * restores every frame after it. Training takes seconds, runs beside the
 * stream and never stalls it; what happens to the frames meanwhile is
 * #GstFirstframeRestore:untrained-policy. Grey video and the luma of YUV are
 * restored directly, RGB through its luma; chroma and alpha are carried over.
 *
 * The element answers the LATENCY query: a frame may take
 * #GstFirstframeRestore:max-latency, or as long as a frame lasts. Where frames
 * of a live stream take longer, or a sink says that they come late, it restores
 * them less well, as #GstFirstframeRestore:overload-policy says, and posts a
 * QOS message with the new quality. Before frames pass unrestored it trains a
 * narrower network beside the stream and takes that.
 * #GstFirstframeRestore:stats tells how it is going.
 *
 * The clean picture may also come by the request pad `clean`, or be the mean of
 * #GstFirstframeRestore:clean-average frames of a scene that stands still;
 * #GstFirstframeRestore::adapt retrains for a changed one. Without any of these
 * nothing is trained where #GstFirstframeRestore:model-location is a saved model.
 *
 * ## Example launch lines
 * |[
 * gst-launch-1.0 filesrc location=eye.avi ! decodebin ! videoconvert ! \
 *     firstframerestore clean-location=first.png untrained-policy=hold ! \
 *     videoconvert ! autovideosink
 * ]|
 * Waits for the training, so that the first frame is restored too.
 * |[
 * gst-launch-1.0 v4l2src ! videoconvert ! \
 *     firstframerestore model-location=eye.safetensors ! videoconvert ! autovideosink
 * ]|
 * Restores a live stream with a model that
 * #GstFirstframeRestore:save-model-location wrote.
 *
 * |[
 * gst-launch-1.0 filesrc location=small.mkv ! decodebin ! videoconvert ! \
 *     firstframerestore clean-location=first_large.png untrained-policy=hold ! \
 *     videoconvert ! autovideosink
 * ]|
 * With a clean picture 2 to 4 times larger than the frames, restored frames are
 * as large as it is.
 *
 * ## Messages
 * Training posts PROGRESS messages of code `train`, and the element message
 * `firstframe-model-live` with `restorer`, `scale`, `steps`, `train-seconds`,
 * `held-out-psnr` and `held-out-degraded-psnr` (dB) when frames begin to be
 * restored, or `firstframe-model-kept` where a retraining gained nothing.
 * `firstframe-light-model` tells, with `width`, `depth`, `held-out-psnr` and
 * `held-out-psnr-full`, that there is a narrower network for frames that come
 * too fast; its training posts no PROGRESS.
 * Applications that wait for PROGRESS to complete before they go to PLAYING wait
 * for the training: gst-launch-1.0 does so unless the source is live.
 *
 * Since: 0.1
 */

#include "elements/gst/gstfirstframerestore_private.h"

#include "elements/gst/adapt_signal.h"
#include "elements/gst/clean_pad.h"
#include "elements/gst/exception_barrier.h"
#include "elements/gst/volume_stream.h"
#include "io/volume/trained_code.h"

/* gstfirstframerestore_frames.cpp logs to it too. */
GST_DEBUG_CATEGORY (firstframe_restore_debug);
#define GST_CAT_DEFAULT firstframe_restore_debug

G_DEFINE_FINAL_TYPE_WITH_CODE (GstFirstframeRestore, gst_firstframe_restore,
    GST_TYPE_VIDEO_FILTER, G_IMPLEMENT_INTERFACE (GST_TYPE_PRESET, nullptr));
GST_ELEMENT_REGISTER_DEFINE (firstframerestore, "firstframerestore",
    GST_RANK_NONE, GST_TYPE_FIRSTFRAME_RESTORE);

static GstStaticPadTemplate sink_template = GST_STATIC_PAD_TEMPLATE ("sink",
    GST_PAD_SINK, GST_PAD_ALWAYS,
    GST_STATIC_CAPS (FIRSTFRAME_VIDEO_CAPS));

static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE ("src",
    GST_PAD_SRC, GST_PAD_ALWAYS,
    GST_STATIC_CAPS (FIRSTFRAME_VIDEO_CAPS));

static GstStaticPadTemplate clean_template = GST_STATIC_PAD_TEMPLATE ("clean",
    GST_PAD_SINK, GST_PAD_REQUEST,
    GST_STATIC_CAPS (FIRSTFRAME_VIDEO_CAPS));

/* ---- properties ---- */

static void
gst_firstframe_restore_set_property (GObject * object, guint id,
    const GValue * value, GParamSpec * pspec)
{
  auto self = GST_FIRSTFRAME_RESTORE (object);

  if (!(pspec->flags & GST_PARAM_MUTABLE_PLAYING)
      && GST_STATE (self) > GST_STATE_READY)
    GST_WARNING_OBJECT (self, "%s is read on the way from READY to PAUSED; "
        "the new value counts from then on", pspec->name);

  const std::scoped_lock guard (self->priv->lock);
  try {
    if (!firstframe::set_load_property (self->priv->load_properties, id, value)
        && !firstframe::set_element_property (self->priv->properties, id,
            value))
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  } catch (const std::exception & error) {
    GST_ERROR_OBJECT (self, "%s", error.what ());
  }
}

static void
gst_firstframe_restore_get_property (GObject * object, guint id,
    GValue * value, GParamSpec * pspec)
{
  auto priv = GST_FIRSTFRAME_RESTORE (object)->priv;

  if (id == firstframe::kStats)
    g_value_take_boxed (value,
        priv->load.stats (priv->session.training_state ()));
  else if (id == firstframe::kMaxObservedDelay)
    g_value_set_uint64 (value, priv->load.max_observed_delay ());
  else if (!firstframe::get_load_property (priv->load_snapshot (), id, value)
      && !firstframe::get_element_property (priv->properties_snapshot (), id,
          value))
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/* ---- the stream's life ---- */

static gboolean
gst_firstframe_restore_start (GstBaseTransform * trans)
{
  auto self = GST_FIRSTFRAME_RESTORE (trans);
  auto priv = self->priv;

  const auto properties = priv->load_snapshot ();
  priv->load.begin (properties.overload_policy, properties.max_latency,
      firstframe::start_flight (self, properties.frames_in_flight));
  priv->drops_late_frames =
      properties.overload_policy == firstframe::OverloadPolicy::drop;
  gst_base_transform_set_passthrough (trans, FALSE);
  priv->interlaced_caps.begin ();
  return priv->session.begin (priv->properties_snapshot ());
}

static gboolean
gst_firstframe_restore_stop (GstBaseTransform * trans)
{
  auto priv = GST_FIRSTFRAME_RESTORE (trans)->priv;

  firstframe::stop_flight (GST_FIRSTFRAME_RESTORE (trans));
  priv->session.end ();
  priv->load.end ();
  return TRUE;
}

static GstStateChangeReturn
gst_firstframe_restore_change_state (GstElement * element,
    GstStateChange transition)
{
  /* The parent waits for the streaming thread, which may wait for a model. */
  if (transition == GST_STATE_CHANGE_PAUSED_TO_READY)
    GST_FIRSTFRAME_RESTORE (element)->priv->session.leave ();

  return GST_ELEMENT_CLASS (gst_firstframe_restore_parent_class)->change_state
      (element, transition);
}

/* A model of a CT in int16 knows nothing of uint16, though both are GRAY16. */
static bool
fits_the_model (GstFirstframeRestore * self, GstEvent * event)
{
  const auto model = self->priv->session.model ();

  return firstframe::guarded (GST_ELEMENT (self), "volume", {}, [&] {
    const auto stream = firstframe::volume_stream_of (event);
    if (model && stream)
      firstframe::require_trained_code (model->info (), stream->info.stored,
          stream->source.string (), "firstframe restore --range LOW:HIGH");
  });
}

static gboolean
gst_firstframe_restore_sink_event (GstBaseTransform * trans, GstEvent * event)
{
  auto self = GST_FIRSTFRAME_RESTORE (trans);
  auto & session = self->priv->session;

  if (GST_EVENT_IS_SERIALIZED (event)
      && GST_EVENT_TYPE (event) != GST_EVENT_FLUSH_STOP)
    firstframe::drain_flight (self);
  switch (GST_EVENT_TYPE (event)) {
    case GST_EVENT_FLUSH_START:
      session.interrupt ();
      break;
    case GST_EVENT_FLUSH_STOP:
      firstframe::flush_flight (self);
      session.resume ();
      self->priv->load.flush ();
      break;
    case GST_EVENT_EOS:
      if (!session.end_of_stream ()) {
        GST_DEBUG_OBJECT (self, "EOS overtaken by a flush or READY");
        gst_event_unref (event);
        return FALSE;
      }
      break;
    case GST_EVENT_CUSTOM_DOWNSTREAM_STICKY:
      if (!fits_the_model (self, event)) {
        gst_event_unref (event);
        return FALSE;
      }
      break;
    default:
      break;
  }
  return GST_BASE_TRANSFORM_CLASS (gst_firstframe_restore_parent_class)
      ->sink_event (trans, event);
}

/* ---- time ---- */

static gboolean
gst_firstframe_restore_src_event (GstBaseTransform * trans, GstEvent * event)
{
  auto priv = GST_FIRSTFRAME_RESTORE (trans)->priv;

  if (GST_EVENT_TYPE (event) == GST_EVENT_LATENCY) {
    GstClockTime latency;

    gst_event_parse_latency (event, &latency);
    priv->load.on_latency_configured (latency);
  }
  if (GST_EVENT_TYPE (event) == GST_EVENT_QOS
      && gst_base_transform_is_qos_enabled (trans)) {
    priv->load.on_qos (event);
    /* The parent class would answer by dropping frames. */
    if (!priv->drops_late_frames)
      return gst_pad_push_event (trans->sinkpad, event);
  }
  return GST_BASE_TRANSFORM_CLASS (gst_firstframe_restore_parent_class)
      ->src_event (trans, event);
}

/* A frame is held for as long as its restoring takes, and while others that
 * are in flight come after it. */
static gboolean
gst_firstframe_restore_query (GstBaseTransform * trans,
    GstPadDirection direction, GstQuery * query)
{
  auto & load = GST_FIRSTFRAME_RESTORE (trans)->priv->load;
  gboolean live;
  GstClockTime min, max;

  if (direction == GST_PAD_SINK && GST_QUERY_IS_SERIALIZED (query))
    firstframe::drain_flight (GST_FIRSTFRAME_RESTORE (trans));
  if (direction != GST_PAD_SRC || GST_QUERY_TYPE (query) != GST_QUERY_LATENCY)
    return GST_BASE_TRANSFORM_CLASS (gst_firstframe_restore_parent_class)
        ->query (trans, direction, query);
  if (!gst_pad_peer_query (trans->sinkpad, query))
    return FALSE;
  gst_query_parse_latency (query, &live, &min, &max);
  load.on_latency_answered (live);
  min += load.latency ();
  if (GST_CLOCK_TIME_IS_VALID (max))
    max += load.latency ();
  GST_DEBUG_OBJECT (trans, "latency from %" GST_TIME_FORMAT " to %"
      GST_TIME_FORMAT, GST_TIME_ARGS (min), GST_TIME_ARGS (max));
  gst_query_set_latency (query, live, min, max);
  return TRUE;
}

firstframe::StreamSession &
firstframe::session_of (GstElement * element)
{
  return GST_FIRSTFRAME_RESTORE (element)->priv->session;
}

/* ---- class and instance ---- */

static void
gst_firstframe_restore_finalize (GObject * object)
{
  delete GST_FIRSTFRAME_RESTORE (object)->priv;
  G_OBJECT_CLASS (gst_firstframe_restore_parent_class)->finalize (object);
}

static void
gst_firstframe_restore_class_init (GstFirstframeRestoreClass * klass)
{
  auto object_class = G_OBJECT_CLASS (klass);
  auto element_class = GST_ELEMENT_CLASS (klass);
  auto transform_class = GST_BASE_TRANSFORM_CLASS (klass);

  GST_DEBUG_CATEGORY_INIT (firstframe_restore_debug, "firstframerestore", 0,
      "Restoration learned from the first frame");

  object_class->set_property = gst_firstframe_restore_set_property;
  object_class->get_property = gst_firstframe_restore_get_property;
  object_class->finalize = gst_firstframe_restore_finalize;
  firstframe::install_element_properties (object_class);
  firstframe::install_load_properties (object_class);

  element_class->change_state =
      GST_DEBUG_FUNCPTR (gst_firstframe_restore_change_state);
  transform_class->start = GST_DEBUG_FUNCPTR (gst_firstframe_restore_start);
  transform_class->stop = GST_DEBUG_FUNCPTR (gst_firstframe_restore_stop);
  firstframe::install_frame_methods (klass);
  firstframe::install_flight_methods (klass);
  transform_class->src_event =
      GST_DEBUG_FUNCPTR (gst_firstframe_restore_src_event);
  transform_class->query = GST_DEBUG_FUNCPTR (gst_firstframe_restore_query);
  transform_class->sink_event =
      GST_DEBUG_FUNCPTR (gst_firstframe_restore_sink_event);

  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_add_static_pad_template (element_class, &src_template);
  firstframe::install_clean_pad (element_class, &clean_template);
  firstframe::install_adapt_signal (element_class);
  gst_element_class_set_static_metadata (element_class,
      "First-frame restoration", "Filter/Effect/Video",
      "Learns from one clean picture of the first frame, in seconds, and "
      "restores the stream",
      "The Firstframe authors");
}

static void
gst_firstframe_restore_init (GstFirstframeRestore * self)
{
  self->priv = new GstFirstframeRestorePrivate (GST_ELEMENT (self));
}
