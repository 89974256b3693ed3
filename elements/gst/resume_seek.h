#pragma once

#include <gst/base/gstbasesink.h>

#include <condition_variable>
#include <mutex>

namespace firstframe {

/// A seek that a sink asks upstream for in the middle of a section, which waits for it: the flush would otherwise overtake
/// sections, or the end of the stream, that are on their way.
class ResumeSeek {
 public:
  /// Seeks to a section (GST_FORMAT_DEFAULT) from another thread, since a flush waits for the streaming thread.
  /// To be called in render.
  /// \return GST_FLOW_FLUSHING where the flush has come, or the state changed; GST_FLOW_OK when upstream cannot seek
  GstFlowReturn seek(GstBaseSink* sink, gint64 section);

  /// GstBaseSink's virtual methods of these names.
  void unlock();
  void unlock_stop();

 private:
  static void ask(GstElement* element, gpointer request);
  void answered();

  std::mutex lock_;
  std::condition_variable changed_;
  bool is_asked_ = false;
  bool is_unlocked_ = false;
};

}  // namespace firstframe
