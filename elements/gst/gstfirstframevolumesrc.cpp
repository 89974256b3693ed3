/**
 * SECTION:element-firstframevolumesrc
 * @title: firstframevolumesrc
 * @short_description: reads a volume section by section
 *
 * Gives the sections of a volume (MetaImage, NRRD, NIfTI, TIFF, DICOM, Heidelberg
 * .vol, Zeiss .img, bare samples) along #GstFirstframeVolumeSrc:axis as grey frames, one
 * after the other, with every bit they have: 8-bit samples as GRAY8, 16-bit ones
 * as GRAY16_LE. Signed samples are moved up by half their range (int16 -1024
 * becomes 31744), which firstframevolumesink takes back. Volumes of wider samples
 * are refused, since GStreamer has no such grey.
 *
 * Section n has the time stamp n / #GstFirstframeVolumeSrc:framerate and the
 * offset n. The stream is not live; it can be sought and its length be asked for
 * in time and in frames (default format).
 *
 * What the volume is (size, spacing, origin, direction, stored type, header
 * entries) goes downstream in front of the sections, as the sticky event
 * `firstframe-volume`, and as tags for users to see.
 *
 * ## Example launch lines
 * |[
 * gst-launch-1.0 firstframevolumesrc location=eye.mha ! \
 *     firstframerestore model-location=eye.safetensors ! \
 *     firstframevolumesink location=restored.mha
 * ]|
 * Restores a volume; the output's bytes are those of the command `firstframe restore`.
 * |[
 * gst-launch-1.0 firstframevolumesrc location=head.nii.gz axis=y framerate=10/1 ! \
 *     videoconvert ! autovideosink
 * ]|
 * Shows a volume along another axis.
 *
 * Since: 0.2
 */

#include "elements/gst/gstfirstframevolumesrc.h"

#include <gst/video/gstvideopool.h>

#include <memory>
#include <mutex>

#include "elements/gst/exception_barrier.h"
#include "elements/gst/section_clock.h"
#include "elements/gst/section_frame.h"
#include "elements/gst/volume_source_properties.h"
#include "elements/gst/volume_stream.h"

GST_DEBUG_CATEGORY_STATIC (firstframe_volume_src_debug);
#define GST_CAT_DEFAULT firstframe_volume_src_debug

using firstframe::SectionClock;

struct GstFirstframeVolumeSrcPrivate
{
  std::mutex lock;              /* guards properties, caps, clock, count */
  firstframe::VolumeSourceProperties properties;
  GstCaps *caps = nullptr;      /* of the open volume */
  SectionClock clock;           /* as it was at the start */
  gint64 count = 0;             /* sections; 0 while none is open */
  /* Written at the start, then the streaming thread's own. */
  std::unique_ptr < firstframe::SectionSource > source;
  GstVideoInfo info;
  gint64 next = 0;              /* section */
  bool has_told = false;        /* what the volume is */
};

struct _GstFirstframeVolumeSrc
{
  GstPushSrc parent;
  GstFirstframeVolumeSrcPrivate *priv;
};

G_DEFINE_FINAL_TYPE (GstFirstframeVolumeSrc, gst_firstframe_volume_src,
    GST_TYPE_PUSH_SRC);
GST_ELEMENT_REGISTER_DEFINE (firstframevolumesrc, "firstframevolumesrc",
    GST_RANK_NONE, GST_TYPE_FIRSTFRAME_VOLUME_SRC);

static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE ("src",
    GST_PAD_SRC, GST_PAD_ALWAYS,
    GST_STATIC_CAPS (GST_VIDEO_CAPS_MAKE ("{ GRAY8, GRAY16_LE }")));

/* ---- properties ---- */

static void
gst_firstframe_volume_src_set_property (GObject * object, guint id,
    const GValue * value, GParamSpec * pspec)
{
  auto self = GST_FIRSTFRAME_VOLUME_SRC (object);

  if (GST_STATE (self) > GST_STATE_READY)
    GST_WARNING_OBJECT (self, "%s is read on the way from READY to PAUSED; "
        "the new value counts from then on", pspec->name);

  const std::scoped_lock guard (self->priv->lock);
  if (!firstframe::set_volume_source_property (self->priv->properties, id,
          value))
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
gst_firstframe_volume_src_get_property (GObject * object, guint id,
    GValue * value, GParamSpec * pspec)
{
  auto priv = GST_FIRSTFRAME_VOLUME_SRC (object)->priv;
  const std::scoped_lock guard (priv->lock);

  if (!firstframe::get_volume_source_property (priv->properties, id, value))
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/* ---- the volume ---- */

static void
open_volume (GstFirstframeVolumeSrcPrivate * priv,
    const firstframe::VolumeSourceProperties & properties)
{
  const SectionClock clock { properties.frames, properties.seconds };
  auto source = firstframe::open_volume (properties.location,
      firstframe::volume_options (properties));

  priv->info = firstframe::frame_info_of (*source, clock);
  priv->next = 0;
  priv->has_told = false;
  const std::scoped_lock guard (priv->lock);
  priv->caps = gst_video_info_to_caps (&priv->info);
  priv->clock = clock;
  priv->count = source->count ();
  priv->source = std::move (source);
}

static gboolean
gst_firstframe_volume_src_start (GstBaseSrc * src)
{
  auto priv = GST_FIRSTFRAME_VOLUME_SRC (src)->priv;
  firstframe::VolumeSourceProperties properties;
  {
    const std::scoped_lock guard (priv->lock);
    properties = priv->properties;
  }

  if (properties.location.empty ()) {
    GST_ELEMENT_ERROR (src, RESOURCE, NOT_FOUND,
        ("No volume was named; set location."), (nullptr));
    return FALSE;
  }
  return firstframe::guarded (GST_ELEMENT (src), "location",
      properties.location, [&] { open_volume (priv, properties); });
}

static gboolean
gst_firstframe_volume_src_stop (GstBaseSrc * src)
{
  auto priv = GST_FIRSTFRAME_VOLUME_SRC (src)->priv;
  const std::scoped_lock guard (priv->lock);

  priv->source = nullptr;
  priv->count = 0;
  gst_clear_caps (&priv->caps);
  return TRUE;
}

/* ---- caps and memory ---- */

static GstCaps *
gst_firstframe_volume_src_get_caps (GstBaseSrc * src, GstCaps * filter)
{
  auto priv = GST_FIRSTFRAME_VOLUME_SRC (src)->priv;
  GstCaps *caps;
  {
    const std::scoped_lock guard (priv->lock);
    caps = priv->caps ? gst_caps_ref (priv->caps)
        : gst_pad_get_pad_template_caps (GST_BASE_SRC_PAD (src));
  }

  if (filter) {
    auto wanted = gst_caps_intersect_full (filter, caps,
        GST_CAPS_INTERSECT_FIRST);
    gst_caps_unref (caps);
    caps = wanted;
  }
  return caps;
}

/* A pool of frames: downstream's, or one whose rows begin at multiples of four
 * bytes, as those of frames do. */
static gboolean
gst_firstframe_volume_src_decide_allocation (GstBaseSrc * src,
    GstQuery * query)
{
  const auto & info = GST_FIRSTFRAME_VOLUME_SRC (src)->priv->info;
  const bool has_pools = gst_query_get_n_allocation_pools (query) > 0;
  GstBufferPool *pool = nullptr;
  guint size = 0, least = 0, most = 0;
  GstCaps *caps;

  gst_query_parse_allocation (query, &caps, nullptr);
  if (has_pools)
    gst_query_parse_nth_allocation_pool (query, 0, &pool, &size, &least, &most);
  if (!pool)
    pool = gst_video_buffer_pool_new ();
  size = MAX (size, static_cast < guint > (GST_VIDEO_INFO_SIZE (&info)));

  auto config = gst_buffer_pool_get_config (pool);
  gst_buffer_pool_config_set_params (config, caps, size, least, most);
  if (gst_query_find_allocation_meta (query, GST_VIDEO_META_API_TYPE, nullptr))
    gst_buffer_pool_config_add_option (config,
        GST_BUFFER_POOL_OPTION_VIDEO_META);
  gst_buffer_pool_set_config (pool, config);
  if (has_pools)
    gst_query_set_nth_allocation_pool (query, 0, pool, size, least, most);
  else
    gst_query_add_allocation_pool (query, pool, size, least, most);
  gst_object_unref (pool);
  return GST_BASE_SRC_CLASS (gst_firstframe_volume_src_parent_class)
      ->decide_allocation (src, query);
}

/* ---- time ---- */

static gboolean
gst_firstframe_volume_src_is_seekable (GstBaseSrc *)
{
  return TRUE;
}

static gboolean
gst_firstframe_volume_src_do_seek (GstBaseSrc * src, GstSegment * segment)
{
  auto priv = GST_FIRSTFRAME_VOLUME_SRC (src)->priv;
  const bool is_reverse = segment->rate < 0;
  const auto last = priv->count - 1;

  segment->time = segment->start;
  if (!GST_CLOCK_TIME_IS_VALID (segment->position))
    priv->next = is_reverse ? last : 0;
  else if (!is_reverse)
    priv->next = static_cast < gint64 > (priv->clock.index_at
        (segment->position));
  else if (segment->position == 0)
    priv->next = -1;
  else
    /* The section that ends there. */
    priv->next = MIN (last, static_cast < gint64 > (priv->clock.index_at
            (segment->position - 1)));
  GST_DEBUG_OBJECT (src, "goes to section %" G_GINT64_FORMAT, priv->next);
  return TRUE;
}

static gboolean
gst_firstframe_volume_src_query (GstBaseSrc * src, GstQuery * query)
{
  auto priv = GST_FIRSTFRAME_VOLUME_SRC (src)->priv;
  std::unique_lock guard (priv->lock);
  const auto clock = priv->clock;
  const auto count = priv->count;
  GstFormat format, to;
  gint64 value, result;

  guard.unlock ();
  switch (GST_QUERY_TYPE (query)) {
    case GST_QUERY_DURATION:
      gst_query_parse_duration (query, &format, nullptr);
      if (count == 0
          || !clock.convert (GST_FORMAT_DEFAULT, count, format, &result))
        break;
      gst_query_set_duration (query, format, result);
      return TRUE;
    case GST_QUERY_SEEKING:
      gst_query_parse_seeking (query, &format, nullptr, nullptr, nullptr);
      if (count == 0
          || !clock.convert (GST_FORMAT_DEFAULT, count, format, &result))
        break;
      gst_query_set_seeking (query, format, TRUE, 0, result);
      return TRUE;
    case GST_QUERY_CONVERT:
      gst_query_parse_convert (query, &format, &value, &to, nullptr);
      if (!clock.convert (format, value, to, &result))
        break;
      gst_query_set_convert (query, format, value, to, result);
      return TRUE;
    default:
      break;
  }
  return GST_BASE_SRC_CLASS (gst_firstframe_volume_src_parent_class)->query
      (src, query);
}

/* ---- the section ---- */

static void
tell_what_it_is (GstFirstframeVolumeSrc * self)
{
  auto priv = self->priv;
  auto pad = GST_BASE_SRC_PAD (self);
  const auto & source = *priv->source;

  if (priv->has_told)
    return;
  gst_pad_push_event (pad, firstframe::event_of ({ source.info (),
              source.axis (), source.path (), {} }));
  gst_pad_push_event (pad, firstframe::tags_of (source.info ()));
  priv->has_told = true;
}

static void
stamp (GstBuffer * buffer, const SectionClock & clock, guint64 index)
{
  GST_BUFFER_PTS (buffer) = clock.time_of (index);
  GST_BUFFER_DTS (buffer) = GST_CLOCK_TIME_NONE;
  GST_BUFFER_DURATION (buffer) =
      clock.time_of (index + 1) - GST_BUFFER_PTS (buffer);
  GST_BUFFER_OFFSET (buffer) = index;
  GST_BUFFER_OFFSET_END (buffer) = index + 1;
}

static GstFlowReturn
gst_firstframe_volume_src_fill (GstPushSrc * src, GstBuffer * buffer)
{
  auto self = GST_FIRSTFRAME_VOLUME_SRC (src);
  auto priv = self->priv;

  if (priv->next < 0 || priv->next >= priv->count)
    return GST_FLOW_EOS;
  return firstframe::flow_guarded (GST_ELEMENT (src), "reading a section", [&] {
        tell_what_it_is (self);
        firstframe::put_section (priv->source->read (priv->next), priv->info,
            buffer);
        stamp (buffer, priv->clock, static_cast < guint64 > (priv->next));
        GST_LOG_OBJECT (src, "section %" G_GINT64_FORMAT, priv->next);
        priv->next += GST_BASE_SRC (src)->segment.rate < 0 ? -1 : 1;
        return GST_FLOW_OK;
      });
}

/* ---- class and instance ---- */

static void
gst_firstframe_volume_src_finalize (GObject * object)
{
  delete GST_FIRSTFRAME_VOLUME_SRC (object)->priv;
  G_OBJECT_CLASS (gst_firstframe_volume_src_parent_class)->finalize (object);
}

static void
gst_firstframe_volume_src_class_init (GstFirstframeVolumeSrcClass * klass)
{
  auto object_class = G_OBJECT_CLASS (klass);
  auto element_class = GST_ELEMENT_CLASS (klass);
  auto base_class = GST_BASE_SRC_CLASS (klass);
  auto push_class = GST_PUSH_SRC_CLASS (klass);

  GST_DEBUG_CATEGORY_INIT (firstframe_volume_src_debug, "firstframevolumesrc",
      0, "Sections of a volume");

  object_class->set_property = gst_firstframe_volume_src_set_property;
  object_class->get_property = gst_firstframe_volume_src_get_property;
  object_class->finalize = gst_firstframe_volume_src_finalize;
  firstframe::install_volume_source_properties (object_class);

  base_class->start = GST_DEBUG_FUNCPTR (gst_firstframe_volume_src_start);
  base_class->stop = GST_DEBUG_FUNCPTR (gst_firstframe_volume_src_stop);
  base_class->get_caps = GST_DEBUG_FUNCPTR (gst_firstframe_volume_src_get_caps);
  base_class->decide_allocation =
      GST_DEBUG_FUNCPTR (gst_firstframe_volume_src_decide_allocation);
  base_class->is_seekable =
      GST_DEBUG_FUNCPTR (gst_firstframe_volume_src_is_seekable);
  base_class->do_seek = GST_DEBUG_FUNCPTR (gst_firstframe_volume_src_do_seek);
  base_class->query = GST_DEBUG_FUNCPTR (gst_firstframe_volume_src_query);
  push_class->fill = GST_DEBUG_FUNCPTR (gst_firstframe_volume_src_fill);

  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_set_static_metadata (element_class,
      "Volume source", "Source/File/Video",
      "Reads a volume (MetaImage, NRRD, NIfTI, TIFF, DICOM, Heidelberg .vol, "
      "Zeiss .img, bare samples) section by section as grey frames of 8 or 16 bits, and "
      "tells firstframevolumesink its geometry",
      "The Firstframe authors");
}

static void
gst_firstframe_volume_src_init (GstFirstframeVolumeSrc * self)
{
  self->priv = new GstFirstframeVolumeSrcPrivate;
  gst_base_src_set_format (GST_BASE_SRC (self), GST_FORMAT_TIME);
  gst_base_src_set_live (GST_BASE_SRC (self), FALSE);
}
