#pragma once

#include <gst/check/gstharness.h>

#include <future>
#include <string>
#include <thread>

#include "tests/elements/gst/degrade_harness.h"

namespace firstframe {

/// A playing firstframemeasure with a source on each sink pad and a sink behind it, at 25 frames a second.
class MeasureHarness {
 public:
  enum class Source { file, live };

  explicit MeasureHarness(const std::string& tested_caps = caps_text("GRAY8"),
                          const std::string& reference_caps = {}, Source kind = Source::file)
      : tested_info_(video_info_of(tested_caps)),
        reference_info_(video_info_of(reference_caps.empty() ? tested_caps : reference_caps)),
        bus_(gst_bus_new()),
        element_(GST_ELEMENT(gst_object_ref_sink(gst_element_factory_make("firstframemeasure", nullptr)))) {
    reference_ = harness("reference", nullptr, kind);
    tested_ = harness("sink", "src", kind);
    gst_element_set_bus(element_.get(), bus_.get());
    gst_harness_set_src_caps_str(tested_, tested_caps.c_str());
    gst_harness_set_src_caps_str(reference_, (reference_caps.empty() ? tested_caps : reference_caps).c_str());
  }
  ~MeasureHarness() {
    gst_element_set_bus(element_.get(), nullptr);
    gst_element_set_state(element_.get(), GST_STATE_NULL);
    gst_harness_teardown(tested_);
    gst_harness_teardown(reference_);
  }
  MeasureHarness(const MeasureHarness&) = delete;
  MeasureHarness& operator=(const MeasureHarness&) = delete;

  GstElement* element() { return element_.get(); }
  GstBus* bus() { return bus_.get(); }
  GstHarness* tested() { return tested_; }
  GstHarness* reference() { return reference_; }

  /// What comes from now on.
  void set_caps(const std::string& caps) {
    tested_info_ = reference_info_ = video_info_of(caps);
    gst_harness_set_src_caps_str(tested_, caps.c_str());
    gst_harness_set_src_caps_str(reference_, caps.c_str());
  }

  /// Frames with the time stamps of frame `n`, `off` later.
  GstFlowReturn push_tested(const Section& seen, int n, GstClockTime off = 0) {
    return gst_harness_push(tested_, stamped(buffer_of(seen, tested_info_), n, off));
  }
  GstFlowReturn push_reference(const Section& seen, int n, GstClockTime off = 0) {
    return gst_harness_push(reference_, stamped(buffer_of(seen, reference_info_), n, off));
  }
  static GstBuffer* stamped(GstBuffer* buffer, int n, GstClockTime off = 0) {
    GST_BUFFER_PTS(buffer) = n * 40 * GST_MSECOND + off;
    GST_BUFFER_DURATION(buffer) = 40 * GST_MSECOND;
    return buffer;
  }
  /// The next frame that comes out, waited for.
  BufferPtr pull() { return BufferPtr(gst_harness_pull(tested_)); }

  void end_tested() { gst_harness_push_event(tested_, gst_event_new_eos()); }
  void end_reference() { gst_harness_push_event(reference_, gst_event_new_eos()); }
  /// Whether an EOS comes out.
  bool ends() {
    for (int tries = 0; tries < 1000; ++tries) {
      auto* event = gst_harness_try_pull_event(tested_);
      const bool is_eos = event && GST_EVENT_TYPE(event) == GST_EVENT_EOS;
      if (event)
        gst_event_unref(event);
      else
        g_usleep(5000);
      if (is_eos) return true;
    }
    return false;
  }

  /// The next element message of this name; others before it are thrown away.
  MessagePtr message(const char* name) {
    while (auto found = next_message(bus(), GST_MESSAGE_ELEMENT | GST_MESSAGE_ERROR)) {
      if (GST_MESSAGE_TYPE(found.get()) == GST_MESSAGE_ERROR) return {};
      if (gst_message_has_name(found.get(), name)) return found;
    }
    return {};
  }

 private:
  GstHarness* harness(const char* sink, const char* src, Source kind) {
    static GstStaticPadTemplate from =
        GST_STATIC_PAD_TEMPLATE("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);
    static GstStaticPadTemplate to =
        GST_STATIC_PAD_TEMPLATE("sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);
    auto* made = gst_harness_new_empty();
    gst_harness_set_live(made, kind == Source::live);
    gst_harness_add_element_full(made, element_.get(), &from, sink, &to, src);
    return made;
  }

  GstVideoInfo tested_info_, reference_info_;
  BusPtr bus_;
  ElementPtr element_;
  GstHarness* tested_;
  GstHarness* reference_;
};

/// A number of a structure; -1 where there is none.
inline double number_in(const GstStructure* structure, const char* field) {
  gdouble number = -1;
  guint64 whole = 0;
  if (gst_structure_get_uint64(structure, field, &whole)) return static_cast<double>(whole);
  gst_structure_get_double(structure, field, &number);
  return number;
}

inline double number_in(const MessagePtr& message, const char* field) {
  return message ? number_in(gst_message_get_structure(message.get()), field) : -1;
}

/// A number of the property `stats`.
inline double stat(GstElement* element, const char* field) {
  GstStructure* stats = nullptr;
  g_object_get(element, "stats", &stats, nullptr);
  const double number = number_in(stats, field);
  gst_structure_free(stats);
  return number;
}

/// A grey plane of one value.
inline Section grey_plane(std::uint8_t value, Extent extent = kFrame) {
  Section section(SampleType::uint8, 1, extent);
  std::memset(section.span().data, value, section.size_in_bytes());
  return section;
}

}  // namespace firstframe
