/**
 * SECTION:element-firstframevolumesink
 * @title: firstframevolumesink
 * @short_description: writes sections into a volume
 *
 * Writes grey frames, one section each, into a volume whose format the ending of
 * #GstFirstframeVolumeSink:location says. Size, spacing, origin, direction, stored
 * type, axis and header entries are those that firstframevolumesrc tells in front
 * of the sections; sections that super-resolution enlarged make a volume in the
 * same place with more samples. For sections from elsewhere
 * #GstFirstframeVolumeSink:sections says how many there will be.
 *
 * Sections go into a draft beside the output, which gets its name at the end of
 * the stream, before the EOS message is posted. A pipeline that is stopped earlier
 * leaves the draft, and #GstFirstframeVolumeSink:resume goes on with it.
 *
 * It writes as fast as sections come (`sync` is false) and drops none.
 *
 * ## Example launch lines
 * |[
 * gst-launch-1.0 firstframevolumesrc location=eye.mha ! \
 *     firstframerestore model-location=eye.safetensors ! \
 *     firstframevolumesink location=restored.mha
 * ]|
 * Restores a volume; the output's bytes are those of the command `firstframe restore`.
 * |[
 * gst-launch-1.0 videotestsrc num-buffers=20 ! video/x-raw,format=GRAY8 ! \
 *     firstframevolumesink location=test.nrrd sections=20 spacing="<0.5, 0.5, 2.0>"
 * ]|
 * Makes a volume of frames.
 *
 * Since: 0.2
 */

#include "elements/gst/gstfirstframevolumesink.h"

#include <gst/video/video.h>

#include <memory>
#include <mutex>
#include <optional>

#include "core/base/error.h"
#include "elements/gst/exception_barrier.h"
#include "elements/gst/frame_view.h"
#include "elements/gst/pipeline_print.h"
#include "elements/gst/resume_seek.h"
#include "elements/gst/video_caps.h"
#include "elements/gst/volume_sink_properties.h"
#include "elements/gst/volume_writer.h"

GST_DEBUG_CATEGORY_STATIC (firstframe_volume_sink_debug);
#define GST_CAT_DEFAULT firstframe_volume_sink_debug

struct GstFirstframeVolumeSinkPrivate
{
  std::mutex lock;              /* guards properties */
  firstframe::VolumeSinkProperties properties;
  /* The streaming thread's own. */
  GstVideoInfo info;
  firstframe::InterlacedCaps interlaced_caps;
  std::optional < firstframe::VolumeStream > stream;
  std::unique_ptr < firstframe::VolumeWriter > writer;
  gint64 arrived = 0;           /* sections since the start or a flush */
  bool has_finished = false;
  bool has_failed = false;      /* sources send EOS after an error too */
  firstframe::ResumeSeek resume_seek;

  firstframe::VolumeSinkProperties snapshot ()
  {
    const std::scoped_lock guard (lock);
    return properties;
  }
};

struct _GstFirstframeVolumeSink
{
  GstBaseSink parent;
  GstFirstframeVolumeSinkPrivate *priv;
};

G_DEFINE_FINAL_TYPE (GstFirstframeVolumeSink, gst_firstframe_volume_sink,
    GST_TYPE_BASE_SINK);
GST_ELEMENT_REGISTER_DEFINE (firstframevolumesink, "firstframevolumesink",
    GST_RANK_NONE, GST_TYPE_FIRSTFRAME_VOLUME_SINK);

static GstStaticPadTemplate sink_template = GST_STATIC_PAD_TEMPLATE ("sink",
    GST_PAD_SINK, GST_PAD_ALWAYS,
    GST_STATIC_CAPS (GST_VIDEO_CAPS_MAKE ("{ GRAY8, GRAY16_LE }")));

/* ---- properties ---- */

static void
gst_firstframe_volume_sink_set_property (GObject * object, guint id,
    const GValue * value, GParamSpec * pspec)
{
  auto self = GST_FIRSTFRAME_VOLUME_SINK (object);

  if (GST_STATE (self) > GST_STATE_READY)
    GST_WARNING_OBJECT (self, "%s is read when the first section comes; the "
        "new value may count from the next volume on", pspec->name);

  const std::scoped_lock guard (self->priv->lock);
  try {
    if (!firstframe::set_volume_sink_property (self->priv->properties, id,
            value))
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  } catch (const std::exception & error) {
    GST_ERROR_OBJECT (self, "%s", error.what ());
  }
}

static void
gst_firstframe_volume_sink_get_property (GObject * object, guint id,
    GValue * value, GParamSpec * pspec)
{
  const auto properties = GST_FIRSTFRAME_VOLUME_SINK (object)->priv->snapshot ();

  if (!firstframe::get_volume_sink_property (properties, id, value))
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/* ---- the stream's life ---- */

static void
forget_stream (GstFirstframeVolumeSinkPrivate * priv)
{
  priv->writer = nullptr;       /* its draft stays */
  priv->stream = std::nullopt;
  priv->arrived = 0;
  priv->has_finished = priv->has_failed = false;
}

static gboolean
gst_firstframe_volume_sink_start (GstBaseSink * sink)
{
  auto priv = GST_FIRSTFRAME_VOLUME_SINK (sink)->priv;

  forget_stream (priv);
  priv->interlaced_caps.begin ();
  if (!priv->snapshot ().location.empty ())
    return TRUE;
  GST_ELEMENT_ERROR (sink, RESOURCE, NOT_FOUND,
      ("No volume was named to write to; set location."), (nullptr));
  return FALSE;
}

static gboolean
gst_firstframe_volume_sink_stop (GstBaseSink * sink)
{
  forget_stream (GST_FIRSTFRAME_VOLUME_SINK (sink)->priv);
  return TRUE;
}

static gboolean
gst_firstframe_volume_sink_unlock (GstBaseSink * sink)
{
  GST_FIRSTFRAME_VOLUME_SINK (sink)->priv->resume_seek.unlock ();
  return TRUE;
}

static gboolean
gst_firstframe_volume_sink_unlock_stop (GstBaseSink * sink)
{
  GST_FIRSTFRAME_VOLUME_SINK (sink)->priv->resume_seek.unlock_stop ();
  return TRUE;
}

static gboolean
gst_firstframe_volume_sink_set_caps (GstBaseSink * sink, GstCaps * caps)
{
  auto priv = GST_FIRSTFRAME_VOLUME_SINK (sink)->priv;

  return gst_video_info_from_caps (&priv->info, caps)
      && priv->interlaced_caps.accept (GST_ELEMENT (sink), priv->info);
}

/* Frames may have rows of any length. */
static gboolean
gst_firstframe_volume_sink_propose_allocation (GstBaseSink *, GstQuery * query)
{
  gst_query_add_allocation_meta (query, GST_VIDEO_META_API_TYPE, nullptr);
  return TRUE;
}

/* The volume has its name before anybody hears of the end. */
static bool
finish (GstFirstframeVolumeSink * self)
{
  auto priv = self->priv;
  const auto location = priv->snapshot ().location;

  if (priv->has_finished || priv->has_failed)
    return true;
  return firstframe::guarded (GST_ELEMENT (self), "location", location, [&] {
        if (!priv->writer)
          throw firstframe::FormatError (location
              + ": the stream ended before its first section; nothing was "
              "written");
        priv->writer->finish ();
        priv->writer = nullptr;
        priv->has_finished = true;
        GST_INFO_OBJECT (self, "wrote %s", location.c_str ());
      });
}

static gboolean
gst_firstframe_volume_sink_event (GstBaseSink * sink, GstEvent * event)
{
  auto self = GST_FIRSTFRAME_VOLUME_SINK (sink);
  auto priv = self->priv;
  bool is_right = true;

  switch (GST_EVENT_TYPE (event)) {
    case GST_EVENT_CUSTOM_DOWNSTREAM_STICKY:
      is_right = firstframe::guarded (GST_ELEMENT (sink), "firstframe-volume",
          {}, [&] {
            if (auto stream = firstframe::volume_stream_of (event))
              priv->stream = std::move (stream);
          });
      break;
    case GST_EVENT_FLUSH_STOP:
      priv->arrived = 0;
      break;
    case GST_EVENT_EOS:
      is_right = finish (self);
      break;
    default:
      break;
  }
  if (!is_right) {
    gst_event_unref (event);
    return FALSE;
  }
  return GST_BASE_SINK_CLASS (gst_firstframe_volume_sink_parent_class)->event
      (sink, event);
}

/* ---- the section ---- */

/* Others count bytes in the offset, or nothing. */
static bool
tells_its_index (const GstFirstframeVolumeSinkPrivate * priv,
    GstBuffer * buffer)
{
  return priv->stream && GST_BUFFER_OFFSET_IS_VALID (buffer);
}

static void
open_writer (GstFirstframeVolumeSink * self, const GstVideoFrame & frame)
{
  auto priv = self->priv;
  const auto properties = priv->snapshot ();
  const auto layout = firstframe::component_view (frame, 0).layout;
  const auto plan = firstframe::plan_volume (properties.given, priv->stream,
      layout.type, layout.extent);

  if (properties.resume
      && firstframe::trains_in_pipeline_around (GST_ELEMENT (self)))
    throw firstframe::ArgumentError ("resume: a firstframerestore of this "
        "pipeline learns while it runs, and what it learned before is gone; "
        "train a model first and give it as model-location");
  priv->writer = std::make_unique < firstframe::VolumeWriter >
      (properties.location, plan,
      priv->stream ? priv->stream->source : std::filesystem::path (),
      firstframe::print_of_pipeline_around (GST_ELEMENT (self)),
      properties.resume);
  if (plan.is_recoded)
    GST_ELEMENT_WARNING (self, STREAM, FORMAT,
        ("The volume held %s, its sections arrive as %s: %s is written.",
            firstframe::name_of (priv->stream->info.stored).c_str (),
            GST_VIDEO_INFO_NAME (&frame.info),
            firstframe::name_of (plan.info.stored).c_str ()),
        ("something between changed the depth"));
}

/* What a draft has is not restored again. */
static GstFlowReturn
seek_to_the_first_missing (GstFirstframeVolumeSink * self, GstBuffer * buffer)
{
  auto priv = self->priv;
  const auto first = priv->writer->next ();

  if (first == 0 || first == priv->writer->count ()
      || !tells_its_index (priv, buffer))
    return GST_FLOW_OK;
  GST_INFO_OBJECT (self, "goes on at section %" G_GINT64_FORMAT, first);
  return priv->resume_seek.seek (GST_BASE_SINK (self), first);
}

static GstFlowReturn
write_section (GstFirstframeVolumeSink * self, const GstVideoFrame & frame)
{
  auto priv = self->priv;

  if (!priv->writer) {
    open_writer (self, frame);
    if (const auto flow = seek_to_the_first_missing (self, frame.buffer);
        flow != GST_FLOW_OK)
      return flow;
  }
  const auto index = tells_its_index (priv, frame.buffer)
      ? static_cast < gint64 > (GST_BUFFER_OFFSET (frame.buffer))
      : priv->arrived;
  ++priv->arrived;
  priv->has_finished = false;
  if (!priv->writer->write (index, firstframe::component_view (frame, 0)))
    GST_LOG_OBJECT (self, "section %" G_GINT64_FORMAT " is there already",
        index);
  return GST_FLOW_OK;
}

static GstFlowReturn
gst_firstframe_volume_sink_render (GstBaseSink * sink, GstBuffer * buffer)
{
  auto self = GST_FIRSTFRAME_VOLUME_SINK (sink);
  GstVideoFrame frame;

  if (!gst_video_frame_map (&frame, &self->priv->info, buffer, GST_MAP_READ)) {
    GST_ELEMENT_ERROR (self, STREAM, FORMAT,
        ("A section's memory cannot be read."), (nullptr));
    return GST_FLOW_ERROR;
  }
  const auto flow = firstframe::flow_guarded (GST_ELEMENT (self),
      "writing a section", [&] { return write_section (self, frame); });
  gst_video_frame_unmap (&frame);
  self->priv->has_failed = flow == GST_FLOW_ERROR;
  return flow;
}

/* ---- class and instance ---- */

static void
gst_firstframe_volume_sink_finalize (GObject * object)
{
  delete GST_FIRSTFRAME_VOLUME_SINK (object)->priv;
  G_OBJECT_CLASS (gst_firstframe_volume_sink_parent_class)->finalize (object);
}

static void
gst_firstframe_volume_sink_class_init (GstFirstframeVolumeSinkClass * klass)
{
  auto object_class = G_OBJECT_CLASS (klass);
  auto element_class = GST_ELEMENT_CLASS (klass);
  auto sink_class = GST_BASE_SINK_CLASS (klass);

  GST_DEBUG_CATEGORY_INIT (firstframe_volume_sink_debug,
      "firstframevolumesink", 0, "Sections into a volume");

  object_class->set_property = gst_firstframe_volume_sink_set_property;
  object_class->get_property = gst_firstframe_volume_sink_get_property;
  object_class->finalize = gst_firstframe_volume_sink_finalize;
  firstframe::install_volume_sink_properties (object_class);

  sink_class->start = GST_DEBUG_FUNCPTR (gst_firstframe_volume_sink_start);
  sink_class->stop = GST_DEBUG_FUNCPTR (gst_firstframe_volume_sink_stop);
  sink_class->unlock = GST_DEBUG_FUNCPTR (gst_firstframe_volume_sink_unlock);
  sink_class->unlock_stop =
      GST_DEBUG_FUNCPTR (gst_firstframe_volume_sink_unlock_stop);
  sink_class->set_caps =
      GST_DEBUG_FUNCPTR (gst_firstframe_volume_sink_set_caps);
  sink_class->propose_allocation =
      GST_DEBUG_FUNCPTR (gst_firstframe_volume_sink_propose_allocation);
  sink_class->event = GST_DEBUG_FUNCPTR (gst_firstframe_volume_sink_event);
  sink_class->render = GST_DEBUG_FUNCPTR (gst_firstframe_volume_sink_render);

  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_set_static_metadata (element_class,
      "Volume sink", "Sink/File/Video",
      "Writes grey frames of 8 or 16 bits as the sections of a volume "
      "(MetaImage, NRRD, NIfTI, TIFF, DICOM, bare samples), with the geometry that "
      "firstframevolumesrc tells",
      "The Firstframe authors");
}

static void
gst_firstframe_volume_sink_init (GstFirstframeVolumeSink * self)
{
  self->priv = new GstFirstframeVolumeSinkPrivate;
  gst_base_sink_set_sync (GST_BASE_SINK (self), FALSE);
}
