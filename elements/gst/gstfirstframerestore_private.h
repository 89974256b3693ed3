#pragma once

/* What the files of the element share. */

#include <atomic>
#include <mutex>

#include "elements/gst/element_properties.h"
#include "elements/gst/frames_before.h"
#include "elements/gst/gstfirstframerestore.h"
#include "elements/gst/load_properties.h"
#include "elements/gst/ordered_jobs.h"
#include "elements/gst/stream_load.h"
#include "elements/gst/stream_session.h"
#include "elements/gst/video_caps.h"

struct GstFirstframeRestorePrivate
{
  explicit GstFirstframeRestorePrivate (GstElement * element)
  : session (element), load (GST_BASE_TRANSFORM (element))
  {
  }

  std::mutex lock;              /* guards the properties */
  firstframe::ElementProperties properties;
  firstframe::LoadProperties load_properties;
  firstframe::StreamSession session;
  firstframe::StreamLoad load;
  std::atomic<bool> drops_late_frames = false;
  bool is_untrained = false;    /* whether the frame at hand passes a training by */
  firstframe::InterlacedCaps interlaced_caps;

  firstframe::FramesBefore before;      /* the streaming thread's, for models that average them */

  /* The streaming thread's, of several frames in flight. */
  firstframe::OrderedJobs jobs;
  guint frames_asked = 0;       /* 0 for what suits the model */
  firstframe::Flight flight;
  GstFlowReturn flow = GST_FLOW_OK;     /* of a frame that left in front of an event */

  firstframe::ElementProperties properties_snapshot ()
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

namespace firstframe {

/// Caps, and what becomes of a frame: the methods of gstfirstframerestore_frames.cpp.
void install_frame_methods (GstFirstframeRestoreClass * klass);

/// What is to be done with a frame: restored, or passed where there is no model.
struct ChosenWork
{
  std::shared_ptr<const Restorer> model;
  const QualityLevel *level = nullptr;  /* until the next frame */
  FrameNeighbours neighbours;
  std::stop_token interruption;
};

/// Learns from the frame what there is to learn, and chooses. Blocks where the stream waits for a model.
/// \return OK, or what becomes of the frame instead
/// \throws as StreamSession::model_for
GstFlowReturn choose (GstFirstframeRestore * self,
    const GstVideoFrame & degraded, ChosenWork & chosen);

/// A frame passes that frames after it may be averaged with.
void remember_frame (GstFirstframeRestore * self, GstBuffer * buffer);

/* Several frames in flight, gstfirstframerestore_flight.cpp. All on the streaming thread, but for stop_flight. */

/// READY -> PAUSED. \param frames  in flight, 0 for what suits the model
Flight start_flight (GstFirstframeRestore * self, guint frames);
/// PAUSED -> READY: no thread of it is left.
void stop_flight (GstFirstframeRestore * self);

/// A frame comes that others may have to leave before. To be called before the base class looks at its flags.
void before_frame (GstFirstframeRestore * self, GstBuffer * buffer);
/// Whether this frame may have others beside it; those of before leave where it may not.
bool has_frames_beside (GstFirstframeRestore * self);
/// The base class is about to negotiate: frames of the old caps leave before.
void make_way (GstFirstframeRestore * self);
/// Begins to restore the frame that the base class has queued. \param flow  what that said
GstFlowReturn begin_frame (GstFirstframeRestore * self, GstFlowReturn flow);
/// The next frame that leaves, if one has to or is ready.
GstFlowReturn next_frame (GstFirstframeRestore * self, GstBuffer ** restored);

/// All frames leave now, in order, before what comes after them. What downstream answers is what the next frame gets.
void drain_flight (GstFirstframeRestore * self);
/// A flush: forgets all frames.
void flush_flight (GstFirstframeRestore * self);

/// Buffer pools have room for the frames in flight.
void install_flight_methods (GstFirstframeRestoreClass * klass);

}  // namespace firstframe
