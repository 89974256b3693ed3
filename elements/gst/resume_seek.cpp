#include "elements/gst/resume_seek.h"

namespace firstframe {
namespace {

struct Request {
  ResumeSeek* seek;  // the element's, which the call keeps alive
  gint64 section;
};

constexpr auto kExactly = static_cast<GstSeekFlags>(GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE);

}  // namespace

GstFlowReturn ResumeSeek::seek(GstBaseSink* sink, gint64 section) {
  std::unique_lock guard(lock_);
  is_asked_ = true;
  gst_element_call_async(GST_ELEMENT(sink), ask, new Request{this, section},
                         [](gpointer request) { delete static_cast<Request*>(request); });
  for (;;) {
    changed_.wait(guard, [this] { return !is_asked_ || is_unlocked_; });
    if (!is_unlocked_) return GST_FLOW_OK;
    guard.unlock();
    const auto flow = gst_base_sink_wait_preroll(sink);
    if (flow != GST_FLOW_OK) return flow;
    guard.lock();
  }
}

void ResumeSeek::ask(GstElement* element, gpointer request) {
  const auto& [seek, section] = *static_cast<const Request*>(request);
  gst_pad_push_event(GST_BASE_SINK_PAD(element), gst_event_new_seek(1, GST_FORMAT_DEFAULT, kExactly, GST_SEEK_TYPE_SET, section,
                                                                    GST_SEEK_TYPE_NONE, -1));
  seek->answered();
}

void ResumeSeek::answered() {
  const std::scoped_lock guard(lock_);
  is_asked_ = false;
  changed_.notify_all();
}

void ResumeSeek::unlock() {
  const std::scoped_lock guard(lock_);
  is_unlocked_ = true;
  changed_.notify_all();
}

void ResumeSeek::unlock_stop() {
  const std::scoped_lock guard(lock_);
  is_unlocked_ = false;
}

}  // namespace firstframe
