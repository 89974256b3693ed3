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
 * QOS message with the new quality. #GstFirstframeRestore:stats tells how it
 * is going.
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
 * Applications that wait for PROGRESS to complete before they go to PLAYING wait
 * for the training: gst-launch-1.0 does so unless the source is live.
 *
 * Since: 0.1
 */

#include "elements/gst/gstfirstframerestore.h"

#include <mutex>

#include "elements/gst/adapt_signal.h"
#include "elements/gst/clean_pad.h"
#include "elements/gst/element_properties.h"
#include "elements/gst/exception_barrier.h"
#include "elements/gst/load_properties.h"
#include "elements/gst/restore_frame.h"
#include "elements/gst/scaled_caps.h"
#include "elements/gst/stream_load.h"
#include "elements/gst/stream_session.h"

GST_DEBUG_CATEGORY_STATIC (firstframe_restore_debug);
#define GST_CAT_DEFAULT firstframe_restore_debug

using firstframe::ElementProperties;
using firstframe::UntrainedPolicy;

struct GstFirstframeRestorePrivate
{
  explicit GstFirstframeRestorePrivate (GstElement * element)
  : session (element), load (GST_BASE_TRANSFORM (element))
  {
  }

  std::mutex lock;              /* guards the properties */
  ElementProperties properties;
  firstframe::LoadProperties load_properties;
  firstframe::StreamSession session;
  firstframe::StreamLoad load;
  gboolean has_qos = TRUE;      /* what the user made of GstBaseTransform:qos */
  /* Neighbours offer refused caps again and again; one error is enough. */
  bool has_refused_caps = false;

  ElementProperties properties_snapshot ()
  {
    const std::scoped_lock guard (lock);
    return properties;
  }

  firstframe::LoadProperties load_snapshot ()
  {
    const std::scoped_lock guard (lock);
    return load_properties;
  }

  firstframe::RestoreSettings restore_settings ()
  {
    const std::scoped_lock guard (lock);
    return properties.settings.restore;
  }
};

struct _GstFirstframeRestore
{
  GstVideoFilter parent;
  GstFirstframeRestorePrivate *priv;
};

G_DEFINE_FINAL_TYPE_WITH_CODE (GstFirstframeRestore, gst_firstframe_restore,
    GST_TYPE_VIDEO_FILTER, G_IMPLEMENT_INTERFACE (GST_TYPE_PRESET, nullptr));
GST_ELEMENT_REGISTER_DEFINE (firstframerestore, "firstframerestore",
    GST_RANK_NONE, GST_TYPE_FIRSTFRAME_RESTORE);

#define FORMATS "{ GRAY8, GRAY16_LE, GRAY16_BE, I420, NV12, Y42B, Y444, " \
    "I420_10LE, RGB, BGRx, RGBA }"

static GstStaticPadTemplate sink_template = GST_STATIC_PAD_TEMPLATE ("sink",
    GST_PAD_SINK, GST_PAD_ALWAYS,
    GST_STATIC_CAPS (GST_VIDEO_CAPS_MAKE (FORMATS)));

static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE ("src",
    GST_PAD_SRC, GST_PAD_ALWAYS,
    GST_STATIC_CAPS (GST_VIDEO_CAPS_MAKE (FORMATS)));

static GstStaticPadTemplate clean_template = GST_STATIC_PAD_TEMPLATE ("clean",
    GST_PAD_SINK, GST_PAD_REQUEST,
    GST_STATIC_CAPS (GST_VIDEO_CAPS_MAKE (FORMATS)));

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
  auto priv = GST_FIRSTFRAME_RESTORE (trans)->priv;

  const auto properties = priv->load_snapshot ();
  const bool drops =
      properties.overload_policy == firstframe::OverloadPolicy::drop;

  priv->load.begin (properties.overload_policy, properties.max_latency);
  /* The parent class answers QoS by dropping frames. */
  priv->has_qos = gst_base_transform_is_qos_enabled (trans);
  gst_base_transform_set_qos_enabled (trans, priv->has_qos && drops);
  gst_base_transform_set_passthrough (trans, FALSE);
  priv->has_refused_caps = false;
  return priv->session.begin (priv->properties_snapshot ());
}

static gboolean
gst_firstframe_restore_stop (GstBaseTransform * trans)
{
  auto priv = GST_FIRSTFRAME_RESTORE (trans)->priv;

  priv->session.end ();
  gst_base_transform_set_qos_enabled (trans, priv->has_qos);
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

static gboolean
gst_firstframe_restore_sink_event (GstBaseTransform * trans, GstEvent * event)
{
  auto self = GST_FIRSTFRAME_RESTORE (trans);
  auto & session = self->priv->session;

  switch (GST_EVENT_TYPE (event)) {
    case GST_EVENT_FLUSH_START:
      session.interrupt ();
      break;
    case GST_EVENT_FLUSH_STOP:
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

  if (GST_EVENT_TYPE (event) == GST_EVENT_QOS && priv->has_qos)
    priv->load.on_qos (event);
  return GST_BASE_TRANSFORM_CLASS (gst_firstframe_restore_parent_class)
      ->src_event (trans, event);
}

/* A frame is held for as long as its restoring takes. */
static gboolean
gst_firstframe_restore_query (GstBaseTransform * trans,
    GstPadDirection direction, GstQuery * query)
{
  auto & load = GST_FIRSTFRAME_RESTORE (trans)->priv->load;
  gboolean live;
  GstClockTime min, max;

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

/* ---- the caps ---- */

/* Super-resolution makes frames larger; all else in the caps stays, the
 * pixel-aspect-ratio too. */
static GstCaps *
gst_firstframe_restore_transform_caps (GstBaseTransform * trans,
    GstPadDirection direction, GstCaps * caps, GstCaps * filter)
{
  auto & session = GST_FIRSTFRAME_RESTORE (trans)->priv->session;
  const bool enlarges = direction == GST_PAD_SINK;
  auto result = gst_caps_new_empty ();

  for (const auto scale : session.possible_scales (enlarges ?
          firstframe::extent_in (caps) : std::nullopt))
    result = gst_caps_merge (result, enlarges
        ? firstframe::enlarged_caps (caps, static_cast<gint> (scale))
        : firstframe::reduced_caps (caps, static_cast<gint> (scale)));
  GST_DEBUG_OBJECT (trans, "%" GST_PTR_FORMAT " becomes %" GST_PTR_FORMAT,
      caps, result);
  if (filter) {
    auto wanted = gst_caps_intersect_full (filter, result,
        GST_CAPS_INTERSECT_FIRST);
    gst_caps_unref (result);
    result = wanted;
  }
  return result;
}

/* Frames come with padding or without; those that leave have none. */
static gboolean
gst_firstframe_restore_transform_size (GstBaseTransform *, GstPadDirection,
    GstCaps *, gsize, GstCaps * othercaps, gsize * othersize)
{
  GstVideoInfo info;

  if (!gst_video_info_from_caps (&info, othercaps))
    return FALSE;
  *othersize = GST_VIDEO_INFO_SIZE (&info);
  return TRUE;
}

static gboolean
gst_firstframe_restore_set_info (GstVideoFilter * filter, GstCaps * in_caps,
    GstVideoInfo * in_info, GstCaps *, GstVideoInfo *)
{
  auto priv = GST_FIRSTFRAME_RESTORE (filter)->priv;

  /* gst_video_info_from_caps puts its own guess in the place of the caps'
   * chroma-site, by which chroma is upsampled. */
  if (auto site = gst_structure_get_string (gst_caps_get_structure (in_caps, 0),
          "chroma-site"))
    in_info->chroma_site = gst_video_chroma_site_from_string (site);

  if (!GST_VIDEO_INFO_IS_INTERLACED (in_info)) {
    priv->has_refused_caps = false;
    priv->load.set_info (*in_info);
    /* A pool is only agreed on for frames that are made. */
    gst_base_transform_set_passthrough (GST_BASE_TRANSFORM (filter), FALSE);
    return TRUE;
  }
  if (!priv->has_refused_caps)
    GST_ELEMENT_ERROR (filter, STREAM, FORMAT,
        ("Interlaced video (%s) is not supported; put deinterlace before "
            "firstframerestore.",
            gst_video_interlace_mode_to_string (GST_VIDEO_INFO_INTERLACE_MODE
                (in_info))), (nullptr));
  priv->has_refused_caps = true;
  return FALSE;
}

/* ---- the frame ---- */

/* Time codes and captions stay true, and regions while no pixel moves; of a
 * larger frame they are scaled. The layout in memory is the output's own. */
static gboolean
gst_firstframe_restore_transform_meta (GstBaseTransform * trans,
    GstBuffer * outbuf, GstMeta * meta, GstBuffer * inbuf)
{
  const auto api = meta->info->api;
  auto filter = GST_VIDEO_FILTER (trans);
  const bool enlarges = filter->in_info.width != filter->out_info.width;

  if (api == GST_VIDEO_META_API_TYPE)
    return FALSE;
  if (enlarges && gst_meta_api_type_has_tag (api,
          g_quark_from_static_string (GST_META_TAG_VIDEO_SIZE_STR))) {
    GstVideoMetaTransform sizes = { &filter->in_info, &filter->out_info };

    if (meta->info->transform_func)
      meta->info->transform_func (outbuf, meta, inbuf,
          gst_video_meta_transform_scale_get_quark (), &sizes);
    return FALSE;               /* it has been carried over */
  }
  if (gst_meta_api_type_has_tag (api,
          g_quark_from_static_string (GST_META_TAG_VIDEO_STR)))
    return TRUE;
  return GST_BASE_TRANSFORM_CLASS (gst_firstframe_restore_parent_class)
      ->transform_meta (trans, outbuf, meta, inbuf);
}

/* Frames that nothing is done to go on as they are, without a copy. */
static void
gst_firstframe_restore_before_transform (GstBaseTransform * trans,
    GstBuffer * buffer)
{
  auto priv = GST_FIRSTFRAME_RESTORE (trans)->priv;
  auto filter = GST_VIDEO_FILTER (trans);
  const bool enlarges = filter->in_info.width != filter->out_info.width;
  const bool wants = priv->session.wants_frame ();
  const bool waits = !wants && priv->session.lets_frames_pass ();
  const bool passes = !enlarges && !wants
      && (waits || priv->load.is_passing ());

  gst_base_transform_set_passthrough (trans, passes);
  if (passes && waits)
    priv->load.frame_passed ();
  else if (passes)
    priv->load.frame_done (buffer, 0);
}

static bool
is_plane (const GstVideoFrame & frame)
{
  return !GST_VIDEO_INFO_IS_RGB (&frame.info);
}

static GstFlowReturn
gst_firstframe_restore_transform_frame (GstVideoFilter * filter,
    GstVideoFrame * degraded, GstVideoFrame * restored)
{
  auto self = GST_FIRSTFRAME_RESTORE (filter);
  auto & session = self->priv->session;

  return firstframe::flow_guarded (GST_ELEMENT (self), [&] {
        const auto interruption = session.interruption ();
        const auto model = session.model_for (*degraded);
        auto & load = self->priv->load;

        GST_LOG_OBJECT (self, "%" GST_TIME_FORMAT " %s",
            GST_TIME_ARGS (GST_BUFFER_PTS (degraded->buffer)),
            model ? "is restored" : "arrives before the model");
        if (interruption.stop_requested ())
          return GST_FLOW_FLUSHING;
        if (model) {
          const auto began = gst_util_get_timestamp ();
          load.restore (model, load.level_for (model,
                  self->priv->restore_settings (), is_plane (*degraded)),
              *degraded, *restored, interruption);
          load.frame_done (degraded->buffer, gst_util_get_timestamp () - began);
          return GST_FLOW_OK;
        }
        if (session.has_failed ())
          return GST_FLOW_ERROR;        /* the training has said why */
        if (session.untrained_policy () == UntrainedPolicy::drop) {
          load.frame_dropped ();
          return GST_BASE_TRANSFORM_FLOW_DROPPED;
        }
        firstframe::pass_frame (*degraded, *restored,
            self->priv->restore_settings ().threads);
        load.frame_passed ();
        return GST_FLOW_OK;
      });
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
  auto filter_class = GST_VIDEO_FILTER_CLASS (klass);

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
  transform_class->transform_caps =
      GST_DEBUG_FUNCPTR (gst_firstframe_restore_transform_caps);
  transform_class->transform_size =
      GST_DEBUG_FUNCPTR (gst_firstframe_restore_transform_size);
  transform_class->src_event =
      GST_DEBUG_FUNCPTR (gst_firstframe_restore_src_event);
  transform_class->query = GST_DEBUG_FUNCPTR (gst_firstframe_restore_query);
  transform_class->before_transform =
      GST_DEBUG_FUNCPTR (gst_firstframe_restore_before_transform);
  transform_class->sink_event =
      GST_DEBUG_FUNCPTR (gst_firstframe_restore_sink_event);
  transform_class->transform_meta =
      GST_DEBUG_FUNCPTR (gst_firstframe_restore_transform_meta);
  filter_class->set_info = GST_DEBUG_FUNCPTR (gst_firstframe_restore_set_info);
  filter_class->transform_frame =
      GST_DEBUG_FUNCPTR (gst_firstframe_restore_transform_frame);

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
