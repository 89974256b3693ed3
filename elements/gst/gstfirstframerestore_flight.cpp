// firstframerestore: several frames in flight. They are restored beside each other and leave in the order in which they came.

#include <algorithm>
#include <utility>

#include "core/base/thread_budget.h"
#include "elements/gst/exception_barrier.h"
#include "elements/gst/frame_job.h"
#include "elements/gst/gstfirstframerestore_private.h"
#include "elements/gst/restore_frame.h"

GST_DEBUG_CATEGORY_EXTERN (firstframe_restore_debug);
#define GST_CAT_DEFAULT firstframe_restore_debug

namespace firstframe
{

/* While a GPU computes one frame, the next is brought to it and the one before
 * is brought back. */
constexpr std::int64_t kFramesOfGpu = 2;

static Flight
flight_of (GstFirstframeRestore * self, const Restorer * model)
{
  const bool is_gpu = model && !model->is_parallel ();
  const auto asked = static_cast<std::int64_t>(self->priv->frames_asked);
  const auto frames = asked > 0 ? asked : is_gpu ? kFramesOfGpu : 1;

  if (frames == 1)
    return {};
  return {frames, std::min<std::int64_t> (frames,
          thread_budget (self->priv->restore_settings ().threads))};
}

Flight
start_flight (GstFirstframeRestore * self, guint frames)
{
  self->priv->frames_asked = frames;
  self->priv->flow = GST_FLOW_OK;
  return self->priv->flight = flight_of (self, nullptr);
}

void
stop_flight (GstFirstframeRestore * self)
{
  self->priv->jobs.end ();
  self->priv->before.forget ();
}

void
flush_flight (GstFirstframeRestore * self)
{
  self->priv->jobs.discard ();
  self->priv->before.forget ();
  self->priv->flow = GST_FLOW_OK;
}

static guint
frames_held (GstFirstframeRestore * self)
{
  return static_cast<guint> (self->priv->flight.frames - 1);
}

/* ---- leaving ---- */

/* Takes the oldest frame, for which it may have to wait. */
static GstFlowReturn
take_oldest (GstFirstframeRestore * self, GstBuffer ** restored)
{
  auto priv = self->priv;
  auto finished = priv->jobs.next (priv->session.interruption ());

  if (!finished)
    return GST_FLOW_FLUSHING;
  return flow_guarded (GST_ELEMENT (self), [&] {
        auto & job = static_cast<FrameJob &> (*finished->job);

        if (finished->error)
          std::rethrow_exception (finished->error);
        *restored = job.take_output ();
        if (const auto level = job.level ())
          priv->load.frame_done (job.input (), job.times (), *level);
        else
          priv->load.frame_passed ();
        return GST_FLOW_OK;
      });
}

GstFlowReturn
next_frame (GstFirstframeRestore * self, GstBuffer ** restored)
{
  auto & jobs = self->priv->jobs;
  const auto count = static_cast<std::int64_t> (jobs.count ());

  *restored = nullptr;
  if (count == 0 || (count < self->priv->flight.frames && !jobs.has_finished ()))
    return GST_FLOW_OK;
  return take_oldest (self, restored);
}

void
drain_flight (GstFirstframeRestore * self)
{
  auto priv = self->priv;

  while (priv->flow == GST_FLOW_OK && priv->jobs.count () > 0) {
    GstBuffer *restored = nullptr;

    priv->flow = take_oldest (self, &restored);
    if (restored)
      priv->flow =
          gst_pad_push (GST_BASE_TRANSFORM_SRC_PAD (self), restored);
  }
  if (priv->flow != GST_FLOW_OK) {
    GST_DEBUG_OBJECT (self, "frames end with %s",
        gst_flow_get_name (priv->flow));
    priv->jobs.discard ();
  }
}

/* ---- coming ---- */

/* The base class marks the frame that leaves next after a gap, which has to be
 * the one that came after it. */
void
before_frame (GstFirstframeRestore * self, GstBuffer * buffer)
{
  if (!GST_BUFFER_IS_DISCONT (buffer))
    return;
  drain_flight (self);
  self->priv->before.forget ();
}

bool
has_frames_beside (GstFirstframeRestore * self)
{
  auto priv = self->priv;
  const auto model = priv->session.model ();
  const auto flight = flight_of (self, model.get ());

  if (flight.frames == 1)
    drain_flight (self);
  if (flight != priv->flight) {
    priv->flight = flight;
    priv->load.set_flight (flight);
    gst_base_transform_reconfigure_src (GST_BASE_TRANSFORM (self));
  }
  return flight.frames > 1 || priv->flow != GST_FLOW_OK;
}

void
make_way (GstFirstframeRestore * self)
{
  if (GST_PAD_NEEDS_RECONFIGURE (GST_BASE_TRANSFORM_SRC_PAD (self)))
    drain_flight (self);
}

/* Tiles that stay are those of the frame before: one frame at a time, here. */
static void
restore_now (GstFirstframeRestore * self, FrameJob & job,
    const ChosenWork & chosen)
{
  job.set_work ([&] (const GstVideoFrame & degraded, GstVideoFrame & restored) {
        self->priv->load.restore (chosen.model, *chosen.level, degraded,
            restored, chosen.neighbours, chosen.interruption);
      });
  job.run ();
}

static FrameJob::Work
work_of (GstFirstframeRestore * self, const ChosenWork & chosen)
{
  const auto & flight = self->priv->flight;

  if (!chosen.model)
    return [] (const GstVideoFrame & degraded, GstVideoFrame & restored) {
      pass_frame (degraded, restored, 1);
    };
  auto level = *chosen.level;
  /* The threads are shared by the frames that are worked on. */
  level.settings.threads = std::max (1, thread_budget (level.settings.threads)
      / static_cast<int> (flight.workers));
  return [self, model = chosen.model, level, neighbours = chosen.neighbours,
      stop = chosen.interruption] (const GstVideoFrame & degraded,
      GstVideoFrame & restored) {
    self->priv->load.restore (model, level, degraded, restored, neighbours,
        stop);
  };
}

static GstFlowReturn
begin_job (GstFirstframeRestore * self, std::unique_ptr<FrameJob> job)
{
  auto priv = self->priv;
  ChosenWork chosen;
  const auto flow = choose (self, job->degraded (), chosen);

  if (flow != GST_FLOW_OK)
    return flow;
  if (chosen.model)
    job->set_level (priv->load.level_number ());
  if (chosen.model && chosen.level->keeps_tiles) {
    restore_now (self, *job, chosen);
    priv->jobs.add_finished (std::move (job));
  } else {
    job->set_work (work_of (self, chosen));
    priv->jobs.add (std::move (job),
        static_cast<std::size_t> (priv->flight.workers));
  }
  return GST_FLOW_OK;
}

/* Both buffers are taken. */
static GstFlowReturn
begin (GstFirstframeRestore * self, GstBuffer * degraded, GstBuffer * restored)
{
  auto filter = GST_VIDEO_FILTER (self);
  auto priv = self->priv;

  return flow_guarded (GST_ELEMENT (self), [&] {
        if (restored != degraded)
          return begin_job (self, std::make_unique<FrameJob> (degraded,
                  filter->in_info, restored, filter->out_info));
        remember_frame (self, degraded);
        auto job = std::make_unique<FrameJob> (degraded);
        if (!priv->is_untrained)
          job->set_level (priv->load.level_number ());
        priv->jobs.add_finished (std::move (job));
        return GST_FLOW_OK;
      });
}

GstFlowReturn
begin_frame (GstFirstframeRestore * self, GstFlowReturn flow)
{
  auto trans = GST_BASE_TRANSFORM (self);
  auto degraded = std::exchange (trans->queued_buf, nullptr);
  GstBuffer *restored = nullptr;

  if (flow == GST_FLOW_OK && self->priv->flow == GST_FLOW_OK) {
    flow = GST_BASE_TRANSFORM_GET_CLASS (trans)->prepare_output_buffer (trans,
        degraded, &restored);
    if (flow == GST_FLOW_OK && restored)
      flow = begin (self, std::exchange (degraded, nullptr), restored);
  }
  gst_clear_buffer (&degraded);
  /* The base class marks the next frame that leaves: that is not one of these. */
  if (flow == GST_BASE_TRANSFORM_FLOW_DROPPED)
    drain_flight (self);
  return self->priv->flow != GST_FLOW_OK
      ? std::exchange (self->priv->flow, GST_FLOW_OK) : flow;
}

/* ---- room ---- */

/* Frames in flight need rooms for themselves, which a neighbour's pool may
 * not have. */
static gboolean
decide_allocation (GstBaseTransform * trans, GstQuery * query)
{
  const auto held = frames_held (GST_FIRSTFRAME_RESTORE (trans));

  if (held > 0 && gst_query_get_n_allocation_pools (query) > 0) {
    GstBufferPool *pool;
    guint size, min, max;

    gst_query_parse_nth_allocation_pool (query, 0, &pool, &size, &min, &max);
    min += held;
    if (max > 0 && max < min) {
      max = 0;
      gst_clear_object (&pool);
    }
    gst_query_set_nth_allocation_pool (query, 0, pool, size, min, max);
    gst_clear_object (&pool);
  }
  return GST_BASE_TRANSFORM_CLASS (g_type_class_peek (GST_TYPE_VIDEO_FILTER))
      ->decide_allocation (trans, query);
}

static gboolean
propose_allocation (GstBaseTransform * trans, GstQuery * decide_query,
    GstQuery * query)
{
  const auto held = frames_held (GST_FIRSTFRAME_RESTORE (trans));

  if (!GST_BASE_TRANSFORM_CLASS (g_type_class_peek (GST_TYPE_VIDEO_FILTER))
      ->propose_allocation (trans, decide_query, query))
    return FALSE;
  if (held > 0 && gst_query_get_n_allocation_pools (query) > 0) {
    GstBufferPool *pool;
    guint size, min, max;

    gst_query_parse_nth_allocation_pool (query, 0, &pool, &size, &min, &max);
    min += held;
    gst_query_set_nth_allocation_pool (query, 0, pool, size, min,
        max > 0 ? MAX (min, max) : 0);
    gst_clear_object (&pool);
  }
  return TRUE;
}

void
install_flight_methods (GstFirstframeRestoreClass * klass)
{
  auto transform_class = GST_BASE_TRANSFORM_CLASS (klass);

  transform_class->decide_allocation = GST_DEBUG_FUNCPTR (decide_allocation);
  transform_class->propose_allocation = GST_DEBUG_FUNCPTR (propose_allocation);
}

}  // namespace firstframe
