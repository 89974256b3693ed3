#pragma once

/* What the files of the element share. */

#include <atomic>
#include <mutex>

#include "elements/gst/element_properties.h"
#include "elements/gst/gstfirstframerestore.h"
#include "elements/gst/load_properties.h"
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

}  // namespace firstframe
