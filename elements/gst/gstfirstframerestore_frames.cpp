// firstframerestore: which caps go with which, and what becomes of a frame.

#include "core/colour/luma.h"
#include "core/tiling/upsampled_input.h"
#include "elements/gst/exception_barrier.h"
#include "elements/gst/gstfirstframerestore_private.h"
#include "elements/gst/mapped_sample.h"
#include "elements/gst/native_samples.h"
#include "elements/gst/restore_frame.h"
#include "elements/gst/scaled_caps.h"
#include "elements/gst/volume_stream.h"

GST_DEBUG_CATEGORY_EXTERN (firstframe_restore_debug);
#define GST_CAT_DEFAULT firstframe_restore_debug

using firstframe::UntrainedPolicy;

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

  if (!priv->interlaced_caps.accept (GST_ELEMENT (filter), *in_info))
    return FALSE;
  priv->load.set_info (*in_info);
  priv->session.set_extent ({in_info->height, in_info->width});
  priv->before.forget ();
  /* A pool is only agreed on for frames that are made. */
  gst_base_transform_set_passthrough (GST_BASE_TRANSFORM (filter), FALSE);
  return TRUE;
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
  return GST_BASE_TRANSFORM_CLASS (g_type_class_peek (GST_TYPE_VIDEO_FILTER))
      ->transform_meta (trans, outbuf, meta, inbuf);
}

/* Whether a frame lies in memory as its caps alone say: downstream may not
 * know of video metas. */
static bool
is_plain (GstBuffer * buffer, const GstVideoInfo & info)
{
  auto meta = gst_buffer_get_video_meta (buffer);

  if (gst_buffer_get_size (buffer) != info.size)
    return false;
  for (guint plane = 0; meta && plane < meta->n_planes; ++plane)
    if (meta->offset[plane] != info.offset[plane]
        || meta->stride[plane] != info.stride[plane])
      return false;
  return true;
}

/* Frames that nothing is done to go on as they are, without a copy. */
static void
gst_firstframe_restore_before_transform (GstBaseTransform * trans,
    GstBuffer * buffer)
{
  auto priv = GST_FIRSTFRAME_RESTORE (trans)->priv;
  auto filter = GST_VIDEO_FILTER (trans);

  firstframe::before_frame (GST_FIRSTFRAME_RESTORE (trans), buffer);
  const bool enlarges = filter->in_info.width != filter->out_info.width;
  const bool wants = priv->session.wants_frame ();

  if (const auto model = priv->load.needs_lighter_than ())
    if (const auto light = priv->session.light_model_of (model))
      priv->load.add_light_model (light);
  const bool waits = !wants && priv->session.lets_frames_pass ();
  const bool passes = !enlarges && !wants
      && (waits || priv->load.is_passing ())
      && is_plain (buffer, filter->in_info);
  const bool passed = gst_base_transform_is_passthrough (trans);
  priv->is_untrained = waits;
  gst_base_transform_set_passthrough (trans, passes);
  if (!passed || passes)
    return;
  /* A reconfiguration meanwhile has taken the pool away. */
  if (auto pool = gst_base_transform_get_buffer_pool (trans))
    gst_object_unref (pool);
  else
    gst_base_transform_reconfigure_src (trans);
}

static GstFlowReturn
gst_firstframe_restore_submit_input_buffer (GstBaseTransform * trans,
    gboolean is_discont, GstBuffer * buffer)
{
  auto self = GST_FIRSTFRAME_RESTORE (trans);
  auto priv = self->priv;
  const bool has_others = firstframe::has_frames_beside (self);

  if (has_others)
    firstframe::make_way (self);
  const auto flow =
      GST_BASE_TRANSFORM_CLASS (g_type_class_peek (GST_TYPE_VIDEO_FILTER))
      ->submit_input_buffer (trans, is_discont, buffer);

  if (flow == GST_BASE_TRANSFORM_FLOW_DROPPED)
    priv->load.frame_dropped ();
  if (has_others)
    return firstframe::begin_frame (self, flow);
  if (flow == GST_FLOW_OK && trans->queued_buf
      && gst_base_transform_is_passthrough (trans)) {
    firstframe::remember_frame (self, trans->queued_buf);
    if (priv->is_untrained)
      priv->load.frame_passed ();
    else
      priv->load.frame_done (trans->queued_buf, 0);
  }
  return flow;
}

static GstFlowReturn
gst_firstframe_restore_generate_output (GstBaseTransform * trans,
    GstBuffer ** outbuf)
{
  auto self = GST_FIRSTFRAME_RESTORE (trans);

  if (trans->queued_buf)        /* it goes alone */
    return GST_BASE_TRANSFORM_CLASS (g_type_class_peek (GST_TYPE_VIDEO_FILTER))
        ->generate_output (trans, outbuf);
  return firstframe::next_frame (self, outbuf);
}

static bool
is_plane (const GstVideoFrame & frame)
{
  return !GST_VIDEO_INFO_IS_RGB (&frame.info);
}

/* With those before it, where the model or a training to come asks for them. */
static firstframe::FrameNeighbours
neighbours_of (GstFirstframeRestore * self, const GstVideoFrame & frame)
{
  const auto most = self->priv->session.frames_before ();
  firstframe::Section scratch;

  if (most == 0)
    return {};
  return self->priv->before.next (firstframe::luma_or_grey
      (firstframe::native_view (frame, scratch)), most);
}

void
firstframe::remember_frame (GstFirstframeRestore * self, GstBuffer * buffer)
{
  if (self->priv->session.frames_before () == 0)
    return;
  firstframe::guarded (GST_ELEMENT (self), "a frame that passes", {}, [&] {
        neighbours_of (self, firstframe::MappedSample (buffer,
                GST_VIDEO_FILTER (self)->in_info, "frame").frame ());
      }, GST_MESSAGE_WARNING);
}

GstFlowReturn
firstframe::choose (GstFirstframeRestore * self, const GstVideoFrame & degraded,
    ChosenWork & chosen)
{
  auto & session = self->priv->session;

  chosen.interruption = session.interruption ();
  auto neighbours = neighbours_of (self, degraded);
  chosen.model = session.model_for (degraded, neighbours.before);
  GST_LOG_OBJECT (self, "%" GST_TIME_FORMAT " %s",
      GST_TIME_ARGS (GST_BUFFER_PTS (degraded.buffer)),
      chosen.model ? "is restored" : "arrives before the model");
  if (chosen.interruption.stop_requested ())
    return GST_FLOW_FLUSHING;
  if (chosen.model) {
    if (chosen.model->info ().scale > 1)
      firstframe::tell_upscale (GST_BASE_TRANSFORM_SRC_PAD (self),
          firstframe::upscale_of (chosen.model->info ()));
    if (const auto wanted = chosen.model->info ().neighbours; wanted > 0) {
      if (!neighbours.own)      /* the model came while the frame waited */
        neighbours = neighbours_of (self, degraded);
      chosen.neighbours = std::move (neighbours);
      if (static_cast<std::int64_t>(chosen.neighbours.before.size ()) > wanted)
        chosen.neighbours.before.resize (static_cast<std::size_t>(wanted));
    }
    chosen.level = &self->priv->load.level_for (chosen.model,
        self->priv->restore_settings (), is_plane (degraded));
    if (chosen.level->light)
      chosen.model = chosen.level->light;
    return GST_FLOW_OK;
  }
  if (session.has_failed ())
    return GST_FLOW_ERROR;      /* the training has said why */
  if (session.untrained_policy () != UntrainedPolicy::drop)
    return GST_FLOW_OK;
  self->priv->load.frame_dropped ();
  return GST_BASE_TRANSFORM_FLOW_DROPPED;
}

static GstFlowReturn
gst_firstframe_restore_transform_frame (GstVideoFilter * filter,
    GstVideoFrame * degraded, GstVideoFrame * restored)
{
  auto self = GST_FIRSTFRAME_RESTORE (filter);
  auto & load = self->priv->load;

  return firstframe::flow_guarded (GST_ELEMENT (self), [&] {
        firstframe::ChosenWork chosen;
        const auto flow = firstframe::choose (self, *degraded, chosen);

        if (flow != GST_FLOW_OK)
          return flow;
        if (!chosen.model) {
          firstframe::pass_frame (*degraded, *restored,
              self->priv->restore_settings ().threads);
          load.frame_passed ();
          return GST_FLOW_OK;
        }
        const auto began = gst_util_get_timestamp ();
        load.restore (chosen.model, *chosen.level, *degraded, *restored,
            chosen.neighbours, chosen.interruption);
        load.frame_done (degraded->buffer, gst_util_get_timestamp () - began);
        return GST_FLOW_OK;
      });
}

void
firstframe::install_frame_methods (GstFirstframeRestoreClass * klass)
{
  auto transform_class = GST_BASE_TRANSFORM_CLASS (klass);
  auto filter_class = GST_VIDEO_FILTER_CLASS (klass);

  transform_class->transform_caps =
      GST_DEBUG_FUNCPTR (gst_firstframe_restore_transform_caps);
  transform_class->transform_size =
      GST_DEBUG_FUNCPTR (gst_firstframe_restore_transform_size);
  transform_class->transform_meta =
      GST_DEBUG_FUNCPTR (gst_firstframe_restore_transform_meta);
  transform_class->submit_input_buffer =
      GST_DEBUG_FUNCPTR (gst_firstframe_restore_submit_input_buffer);
  transform_class->generate_output =
      GST_DEBUG_FUNCPTR (gst_firstframe_restore_generate_output);
  transform_class->before_transform =
      GST_DEBUG_FUNCPTR (gst_firstframe_restore_before_transform);
  filter_class->set_info = GST_DEBUG_FUNCPTR (gst_firstframe_restore_set_info);
  filter_class->transform_frame =
      GST_DEBUG_FUNCPTR (gst_firstframe_restore_transform_frame);
}
