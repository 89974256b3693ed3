/**
 * SECTION:element-firstframedegrade
 * @title: firstframedegrade
 * @short_description: blurs frames and adds noise of known strength
 *
 * Makes a degraded stream out of a clean one, to try a restorer on known ground:
 * a Gaussian blur of #GstFirstframeDegrade:blur-sigma pixels, then noise of
 * #GstFirstframeDegrade:noise-sigma. Grey video is degraded as it is, of YUV the
 * luma only (chroma is carried), of RGB every channel with noise of its own;
 * alpha is carried too.
 *
 * Noise is counted in 8-bit units of the range from black to white, whatever the
 * depth and the colorimetry, as the command `firstframe degrade` and PSNR count:
 * 255 is the whole range. On values x of 0..1 and with s = noise-sigma / 255,
 * #GstFirstframeDegrade:noise-kind makes of x
 *
 * * `gaussian`: x + s g, g from a standard Gaussian,
 * * `poisson`: P(N x) / N, a count of N = 0.5 / s^2 photons at white: the standard
 *   deviation is s sqrt(2 x),
 * * `speckle`: x (1 + 2 s g): the standard deviation is 2 s x.
 *
 * All are equally strong at mid grey. What leaves the range of the format is
 * clamped.
 *
 * Frame n of the stream, counted from 0 at the start and after every flush, gets
 * the noise of #GstFirstframeDegrade:seed + n: two runs give the same bytes, for
 * any number of threads. Frames that QoS drops are counted too.
 *
 * Blur, noise, border and kind may be controlled (#GstControlBinding) and
 * change while PLAYING. With neither blur nor noise frames pass untouched.
 *
 * ## Example launch lines
 * |[
 * gst-launch-1.0 videotestsrc ! video/x-raw,format=I420 ! \
 *     firstframedegrade blur-sigma=1.2 noise-sigma=15 ! videoconvert ! autovideosink
 * ]|
 * Shows a blurred and noisy test picture.
 * |[
 * gst-launch-1.0 videotestsrc num-buffers=30 pattern=ball ! video/x-raw,format=I420 ! tee name=t ! \
 *     queue ! firstframedegrade blur-sigma=1.2 noise-sigma=10 seed=1 ! measure.sink  \
 *     t. ! queue ! measure.reference  firstframemeasure name=measure ! fakesink -m
 * ]|
 * Prints how much the degradation costs, in PSNR and SSIM.
 *
 * Since: 0.2
 */

#include "elements/gst/gstfirstframedegrade.h"

#include <cstdint>
#include <mutex>

#include "core/degradation/blur.h"
#include "core/degradation/degrade.h"
#include "elements/gst/degrade_choices.h"
#include "elements/gst/exception_barrier.h"
#include "elements/gst/frame_view.h"
#include "elements/gst/video_caps.h"
#include "elements/gst/native_samples.h"

GST_DEBUG_CATEGORY_STATIC (firstframe_degrade_debug);
#define GST_CAT_DEFAULT firstframe_degrade_debug

using firstframe::Border;
using firstframe::Degradation;
using firstframe::NoiseKind;

enum
{
  PROP_0,
  PROP_BLUR_SIGMA,
  PROP_BORDER,
  PROP_NOISE_SIGMA,
  PROP_NOISE_KIND,
  PROP_SEED,
};

struct GstFirstframeDegradePrivate
{
  std::mutex lock;              /* guards properties */
  Degradation properties;
  /* The streaming thread's own. */
  Degradation now;              /* what the frame at hand gets */
  std::uint64_t frame = 0;      /* since the start or the last flush */
  firstframe::DegradeRoom room;
  firstframe::Section native;   /* of frames in another byte order */
  firstframe::InterlacedCaps interlaced_caps;
};

struct _GstFirstframeDegrade
{
  GstVideoFilter parent;
  GstFirstframeDegradePrivate *priv;
};

G_DEFINE_FINAL_TYPE (GstFirstframeDegrade, gst_firstframe_degrade,
    GST_TYPE_VIDEO_FILTER);
GST_ELEMENT_REGISTER_DEFINE (firstframedegrade, "firstframedegrade",
    GST_RANK_NONE, GST_TYPE_FIRSTFRAME_DEGRADE);

static GstStaticPadTemplate sink_template = GST_STATIC_PAD_TEMPLATE ("sink",
    GST_PAD_SINK, GST_PAD_ALWAYS,
    GST_STATIC_CAPS (FIRSTFRAME_VIDEO_CAPS));

static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE ("src",
    GST_PAD_SRC, GST_PAD_ALWAYS,
    GST_STATIC_CAPS (FIRSTFRAME_VIDEO_CAPS));

/* ---- properties ---- */

static void
gst_firstframe_degrade_set_property (GObject * object, guint id,
    const GValue * value, GParamSpec * pspec)
{
  auto priv = GST_FIRSTFRAME_DEGRADE (object)->priv;
  const std::scoped_lock guard (priv->lock);
  auto & properties = priv->properties;

  switch (id) {
    case PROP_BLUR_SIGMA:
      properties.blur_sigma = g_value_get_double (value);
      break;
    case PROP_BORDER:
      properties.border = static_cast<Border> (g_value_get_enum (value));
      break;
    case PROP_NOISE_SIGMA:
      properties.noise_sigma = g_value_get_double (value);
      break;
    case PROP_NOISE_KIND:
      properties.noise_kind = static_cast<NoiseKind> (g_value_get_enum (value));
      break;
    case PROP_SEED:
      properties.seed = g_value_get_uint64 (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
gst_firstframe_degrade_get_property (GObject * object, guint id,
    GValue * value, GParamSpec * pspec)
{
  auto priv = GST_FIRSTFRAME_DEGRADE (object)->priv;
  const std::scoped_lock guard (priv->lock);
  const auto & properties = priv->properties;

  switch (id) {
    case PROP_BLUR_SIGMA:
      g_value_set_double (value, properties.blur_sigma);
      break;
    case PROP_BORDER:
      g_value_set_enum (value, static_cast<gint> (properties.border));
      break;
    case PROP_NOISE_SIGMA:
      g_value_set_double (value, properties.noise_sigma);
      break;
    case PROP_NOISE_KIND:
      g_value_set_enum (value, static_cast<gint> (properties.noise_kind));
      break;
    case PROP_SEED:
      g_value_set_uint64 (value, properties.seed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
install_properties (GObjectClass * object_class)
{
  const auto readable = static_cast<GParamFlags> (G_PARAM_READWRITE
      | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_PLAYING);
  const auto controllable = static_cast<GParamFlags> (readable
      | GST_PARAM_CONTROLLABLE);
  const Degradation initial;

  /* The largest blur's kernel has 241 weights. */
  g_object_class_install_property (object_class, PROP_BLUR_SIGMA,
      g_param_spec_double ("blur-sigma", "Blur sigma",
          "Gaussian blur, standard deviation in pixels; 0 leaves frames sharp",
          0, 30, initial.blur_sigma, controllable));
  g_object_class_install_property (object_class, PROP_BORDER,
      g_param_spec_enum ("border", "Border",
          "What the blur meets beyond the frame's edge",
          firstframe::degrade_border_type (),
          static_cast<gint> (initial.border), controllable));
  g_object_class_install_property (object_class, PROP_NOISE_SIGMA,
      g_param_spec_double ("noise-sigma", "Noise sigma",
          "Noise, standard deviation at mid grey in 8-bit units (255 is the range from black to white at any depth); "
          "0 adds none",
          0, 1000, initial.noise_sigma, controllable));
  g_object_class_install_property (object_class, PROP_NOISE_KIND,
      g_param_spec_enum ("noise-kind", "Noise kind",
          "How the noise depends on brightness; all kinds are equally strong at mid grey",
          firstframe::noise_kind_type (),
          static_cast<gint> (initial.noise_kind), controllable));
  g_object_class_install_property (object_class, PROP_SEED,
      g_param_spec_uint64 ("seed", "Seed",
          "Start of the noise: frame n since the start or a flush gets that of seed + n, the same in every run",
          0, G_MAXUINT64, initial.seed, readable));
}

/* ---- the stream ---- */

static gboolean
gst_firstframe_degrade_start (GstBaseTransform * trans)
{
  auto priv = GST_FIRSTFRAME_DEGRADE (trans)->priv;

  priv->frame = 0;
  priv->interlaced_caps.begin ();
  return TRUE;
}

static gboolean
gst_firstframe_degrade_stop (GstBaseTransform * trans)
{
  auto priv = GST_FIRSTFRAME_DEGRADE (trans)->priv;

  priv->room = {};
  priv->native = {};
  return TRUE;
}

static gboolean
gst_firstframe_degrade_sink_event (GstBaseTransform * trans, GstEvent * event)
{
  if (GST_EVENT_TYPE (event) == GST_EVENT_FLUSH_STOP)
    GST_FIRSTFRAME_DEGRADE (trans)->priv->frame = 0;
  return GST_BASE_TRANSFORM_CLASS (gst_firstframe_degrade_parent_class)
      ->sink_event (trans, event);
}

static gboolean
gst_firstframe_degrade_set_info (GstVideoFilter * filter, GstCaps *,
    GstVideoInfo * in_info, GstCaps *, GstVideoInfo *)
{
  auto priv = GST_FIRSTFRAME_DEGRADE (filter)->priv;

  return priv->interlaced_caps.accept (GST_ELEMENT (filter), *in_info);
}

/* Every frame that arrives comes by here, also those that QoS will drop. */
static void
gst_firstframe_degrade_before_transform (GstBaseTransform * trans,
    GstBuffer * buffer)
{
  auto priv = GST_FIRSTFRAME_DEGRADE (trans)->priv;
  auto & now = priv->now;
  const auto time = gst_segment_to_stream_time (&trans->segment,
      GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));

  if (GST_CLOCK_TIME_IS_VALID (time))
    gst_object_sync_values (GST_OBJECT (trans), time);
  {
    const std::scoped_lock guard (priv->lock);
    now = priv->properties;
  }
  now.blur_size = firstframe::gaussian_size (now.blur_sigma);
  now.seed += priv->frame++;
  gst_base_transform_set_passthrough (trans,
      now.blur_sigma == 0 && now.noise_sigma == 0);
}

static GstFlowReturn
gst_firstframe_degrade_transform_frame_ip (GstVideoFilter * filter,
    GstVideoFrame * frame)
{
  auto priv = GST_FIRSTFRAME_DEGRADE (filter)->priv;

  return firstframe::flow_guarded (GST_ELEMENT (filter), "degrading a frame",
      [&] {
        firstframe::degrade_into (firstframe::native_view (*frame,
                priv->native), priv->now, firstframe::frame_span (*frame),
            priv->room);
        firstframe::finish_component (*frame, 0);      /* R, G, B need none */
        return GST_FLOW_OK;
      });
}

/* ---- class and instance ---- */

static void
gst_firstframe_degrade_finalize (GObject * object)
{
  delete GST_FIRSTFRAME_DEGRADE (object)->priv;
  G_OBJECT_CLASS (gst_firstframe_degrade_parent_class)->finalize (object);
}

static void
gst_firstframe_degrade_class_init (GstFirstframeDegradeClass * klass)
{
  auto object_class = G_OBJECT_CLASS (klass);
  auto element_class = GST_ELEMENT_CLASS (klass);
  auto transform_class = GST_BASE_TRANSFORM_CLASS (klass);
  auto filter_class = GST_VIDEO_FILTER_CLASS (klass);

  GST_DEBUG_CATEGORY_INIT (firstframe_degrade_debug, "firstframedegrade", 0,
      "Blur and noise of known strength");

  object_class->set_property = gst_firstframe_degrade_set_property;
  object_class->get_property = gst_firstframe_degrade_get_property;
  object_class->finalize = gst_firstframe_degrade_finalize;
  install_properties (object_class);

  transform_class->start = GST_DEBUG_FUNCPTR (gst_firstframe_degrade_start);
  transform_class->stop = GST_DEBUG_FUNCPTR (gst_firstframe_degrade_stop);
  transform_class->sink_event =
      GST_DEBUG_FUNCPTR (gst_firstframe_degrade_sink_event);
  transform_class->before_transform =
      GST_DEBUG_FUNCPTR (gst_firstframe_degrade_before_transform);
  filter_class->set_info = GST_DEBUG_FUNCPTR (gst_firstframe_degrade_set_info);
  filter_class->transform_frame_ip =
      GST_DEBUG_FUNCPTR (gst_firstframe_degrade_transform_frame_ip);

  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_set_static_metadata (element_class,
      "Known degradation", "Filter/Effect/Video",
      "Blurs frames and adds repeatable noise of known strength, to try a "
      "restorer on; of YUV the luma is degraded, of RGB every channel",
      "The Firstframe authors");
}

static void
gst_firstframe_degrade_init (GstFirstframeDegrade * self)
{
  self->priv = new GstFirstframeDegradePrivate;
}
