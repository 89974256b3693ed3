#pragma once

#include <gst/check/gstharness.h>

#include <future>
#include <utility>
#include <vector>

#include "tests/elements/gst/frames.h"

namespace firstframe {

/// Properties as a launch line gives them.
using PropertyTexts = std::vector<std::pair<std::string, std::string>>;

inline ElementPtr make_element(const PropertyTexts& properties) {
  ElementPtr element(
      GST_ELEMENT(gst_object_ref_sink(gst_element_factory_make("firstframerestore", nullptr))));
  for (const auto& [name, value] : properties)
    gst_util_set_object_arg(G_OBJECT(element.get()), name.c_str(), value.c_str());
  return element;
}

/// A playing firstframerestore with a source and a sink around it, and its bus.
class RestoreHarness {
 public:
  enum class CleanPad { no, yes };

  explicit RestoreHarness(const PropertyTexts& properties, CleanPad clean_pad = CleanPad::no)
      : element_(make_element(properties)), bus_(gst_bus_new()) {
    gst_element_set_bus(element_.get(), bus_.get());
    if (clean_pad == CleanPad::yes) gst_object_unref(gst_element_request_pad_simple(element_.get(), "clean"));
    harness_ = gst_harness_new_with_element(element_.get(), "sink", "src");
    if (clean_pad == CleanPad::yes) clean_ = gst_harness_new_with_element(element_.get(), "clean", nullptr);
  }
  ~RestoreHarness() {
    if (clean_) gst_harness_teardown(clean_);
    gst_harness_teardown(harness_);
    gst_element_set_bus(element_.get(), nullptr);
  }
  RestoreHarness(const RestoreHarness&) = delete;
  RestoreHarness& operator=(const RestoreHarness&) = delete;

  GstElement* element() { return element_.get(); }
  GstBus* bus() { return bus_.get(); }
  GstHarness* operator->() { return harness_; }
  GstHarness* get() { return harness_; }
  /// What sends to the pad `clean`.
  GstHarness* clean() { return clean_; }

  void set_caps(const std::string& caps) { gst_harness_set_src_caps_str(harness_, caps.c_str()); }
  GstFlowReturn push(GstBuffer* buffer) { return gst_harness_push(harness_, buffer); }
  /// The same from a thread of its own, for calls that may block.
  std::future<GstFlowReturn> push_later(GstBuffer* buffer) {
    return std::async(std::launch::async, [this, buffer] { return push(buffer); });
  }
  /// The next frame that came out, or nullptr.
  BufferPtr pull() { return BufferPtr(gst_harness_try_pull(harness_)); }

  /// What a flushing seek brings.
  void flush() {
    gst_harness_push_event(harness_, gst_event_new_flush_start());
    end_flush();
  }
  void end_flush() {
    gst_harness_push_event(harness_, gst_event_new_flush_stop(TRUE));
    GstSegment segment;
    gst_segment_init(&segment, GST_FORMAT_TIME);
    gst_harness_push_event(harness_, gst_event_new_segment(&segment));
  }

  /// Waits for the element message "firstframe-model-live".
  MessagePtr wait_until_live() {
    auto message = next_message(bus(), GST_MESSAGE_ELEMENT | GST_MESSAGE_ERROR);
    while (message && gst_message_has_name(message.get(), "firstframe-averaging"))
      message = next_message(bus(), GST_MESSAGE_ELEMENT | GST_MESSAGE_ERROR);
    EXPECT_TRUE(message && gst_message_has_name(message.get(), "firstframe-model-live"));
    return message;
  }
  /// Waits for a PROGRESS message of one type.
  bool wait_for_progress(GstProgressType wanted) {
    while (const auto message = next_message(bus(), GST_MESSAGE_PROGRESS)) {
      GstProgressType type;
      gst_message_parse_progress(message.get(), &type, nullptr, nullptr);
      if (type == wanted) return true;
    }
    return false;
  }
  /// A word of the property `stats`: "level", "training".
  std::string stat(const char* name) {
    GstStructure* stats = nullptr;
    g_object_get(element(), "stats", &stats, nullptr);
    const std::string value = gst_structure_get_string(stats, name);
    gst_structure_free(stats);
    return value;
  }

 private:
  ElementPtr element_;
  BusPtr bus_;
  GstHarness* harness_;
  GstHarness* clean_ = nullptr;
};

/// A frame at its place in a stream of 25 a second.
inline GstBuffer* timed(GstBuffer* buffer, int index) {
  GST_BUFFER_PTS(buffer) = static_cast<GstClockTime>(index) * 40 * GST_MSECOND;
  return buffer;
}

inline bool ends_within(const std::future<GstFlowReturn>& call, int seconds) {
  return call.wait_for(std::chrono::seconds(seconds)) == std::future_status::ready;
}

/// A network trained with steps of a millisecond or so.
inline PropertyTexts small_training(const std::string& clean) {
  return {{"clean-location", clean}, {"patch", "16"}, {"batch", "2"}, {"noise-jitter", "1"}, {"threads", "1"}};
}

/// A training that does not end by itself while a test runs.
inline PropertyTexts endless_training(const std::string& clean) {
  auto properties = small_training(clean);
  properties.emplace_back("train-seconds", "600");
  return properties;
}

/// Steps of a short training, a second or two.
inline constexpr int kShortSteps = 400;

inline PropertyTexts short_training(const std::string& clean) {
  auto properties = small_training(clean);
  properties.emplace_back("train-steps", std::to_string(kShortSteps));
  return properties;
}

/// The closed-form filter: trained in milliseconds, the same every time.
inline PropertyTexts linear_training(const std::string& clean) {
  return {{"clean-location", clean}, {"restorer", "linear"}, {"threads", "1"}};
}

inline PropertyTexts operator+(PropertyTexts some, const PropertyTexts& more) {
  some.insert(some.end(), more.begin(), more.end());
  return some;
}

}  // namespace firstframe
