#include "elements/gst/clean_pad.h"

#include <gst/video/video.h>

#include <memory>

#include "elements/gst/exception_barrier.h"
#include "elements/gst/mapped_sample.h"
#include "elements/gst/stream_session.h"

namespace firstframe {
namespace {

GstClockTime running_time_of(GstPad* pad, GstBuffer* buffer) {
  auto* event = gst_pad_get_sticky_event(pad, GST_EVENT_SEGMENT, 0);
  if (!event) return GST_CLOCK_TIME_NONE;
  const GstSegment* segment;
  gst_event_parse_segment(event, &segment);
  const auto time = segment->format == GST_FORMAT_TIME
                        ? gst_segment_to_running_time(segment, GST_FORMAT_TIME, GST_BUFFER_PTS(buffer))
                        : GST_CLOCK_TIME_NONE;
  gst_event_unref(event);
  return time;
}

bool has_info(GstPad* pad, GstVideoInfo& info) {
  auto* caps = gst_pad_get_current_caps(pad);
  if (!caps) return false;
  const bool is_video = gst_video_info_from_caps(&info, caps);
  gst_caps_unref(caps);
  return is_video;
}

GstFlowReturn chain(GstPad* pad, GstObject* parent, GstBuffer* buffer) {
  const std::unique_ptr<GstBuffer, void (*)(GstBuffer*)> owned(buffer,
                                                               [](auto* it) { gst_buffer_unref(it); });
  GstVideoInfo info;
  if (!has_info(pad, info)) return GST_FLOW_NOT_NEGOTIATED;
  return flow_guarded(GST_ELEMENT(parent), [&] {
    return session_of(GST_ELEMENT(parent))
        .clean_frame(MappedSample(buffer, info, "clean").frame(), running_time_of(pad, buffer));
  });
}

gboolean handle_event(GstPad*, GstObject* parent, GstEvent* event) {
  auto& session = session_of(GST_ELEMENT(parent));
  GstCaps* caps;
  GstVideoInfo info;
  gboolean is_good = TRUE;
  switch (GST_EVENT_TYPE(event)) {
    case GST_EVENT_CAPS:
      gst_event_parse_caps(event, &caps);
      is_good = gst_video_info_from_caps(&info, caps);
      if (is_good) session.expect_clean({info.height, info.width});
      break;
    case GST_EVENT_EOS:
      session.end_clean();
      break;
    case GST_EVENT_FLUSH_STOP:
      session.flush_clean();
      break;
    default:
      break;
  }
  gst_event_unref(event);
  return is_good;
}

// Queries end here too.
GstIterator* no_links(GstPad*, GstObject*) { return nullptr; }

GstPad* request(GstElement* element, GstPadTemplate* pad_template, const gchar*, const GstCaps*) {
  if (auto* present = gst_element_get_static_pad(element, "clean")) {
    gst_object_unref(present);
    GST_WARNING_OBJECT(element, "there is one pad clean, and it is in use");
    return nullptr;
  }
  auto* pad = gst_pad_new_from_template(pad_template, "clean");
  gst_pad_set_chain_function(pad, GST_DEBUG_FUNCPTR(chain));
  gst_pad_set_event_function(pad, GST_DEBUG_FUNCPTR(handle_event));
  gst_pad_set_iterate_internal_links_function(pad, GST_DEBUG_FUNCPTR(no_links));
  GST_OBJECT_FLAG_SET(pad, GST_PAD_FLAG_NEED_PARENT);
  session_of(element).has_clean_pad(true);
  if (GST_STATE(element) > GST_STATE_READY) gst_pad_set_active(pad, TRUE);
  gst_element_add_pad(element, pad);
  return pad;
}

void release(GstElement* element, GstPad* pad) {
  gst_pad_set_active(pad, FALSE);
  session_of(element).has_clean_pad(false);
  gst_element_remove_pad(element, pad);
}

}  // namespace

void install_clean_pad(GstElementClass* element_class, GstStaticPadTemplate* pad_template) {
  gst_element_class_add_static_pad_template(element_class, pad_template);
  element_class->request_new_pad = GST_DEBUG_FUNCPTR(request);
  element_class->release_pad = GST_DEBUG_FUNCPTR(release);
}

}  // namespace firstframe
