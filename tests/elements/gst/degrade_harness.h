#pragma once

#include <gst/check/gstharness.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "core/degradation/degrade.h"
#include "core/frame/normalised.h"
#include "tests/elements/gst/frames.h"

namespace firstframe {

inline const std::string kGrey = caps_text("GRAY8");

/// A playing firstframedegrade between a source and a sink, with caps of 25 frames a second set.
class DegradeHarness {
 public:
  /// \param properties  as a launch line gives them
  DegradeHarness(const std::string& caps, const std::vector<std::pair<const char*, const char*>>& properties)
      : info_(video_info_of(caps)), bus_(gst_bus_new()) {
    auto* element = gst_element_factory_make("firstframedegrade", nullptr);
    for (const auto& [name, value] : properties) gst_util_set_object_arg(G_OBJECT(element), name, value);
    gst_element_set_bus(element, bus_.get());
    harness_ = gst_harness_new_with_element(element, "sink", "src");
    gst_object_unref(element);
    gst_harness_set_src_caps_str(harness_, caps.c_str());
  }
  ~DegradeHarness() {
    gst_element_set_bus(harness_->element, nullptr);
    gst_harness_teardown(harness_);
  }
  DegradeHarness(const DegradeHarness&) = delete;
  DegradeHarness& operator=(const DegradeHarness&) = delete;

  GstElement* element() { return harness_->element; }
  GstBus* bus() { return bus_.get(); }
  GstHarness* get() { return harness_; }
  const GstVideoInfo& info() const { return info_; }

  GstFlowReturn push(BufferPtr buffer) { return gst_harness_push(harness_, buffer.release()); }
  BufferPtr pull() { return BufferPtr(gst_harness_try_pull(harness_)); }

  /// A frame of this stream; the n-th has the n-th time stamp.
  BufferPtr frame(const Section& seen, int n = 0) {
    BufferPtr buffer(buffer_of(seen, info_));
    GST_BUFFER_PTS(buffer.get()) = n * 40 * GST_MSECOND;
    GST_BUFFER_DURATION(buffer.get()) = 40 * GST_MSECOND;
    return buffer;
  }
  /// What comes out for it, as a restorer sees it; empty when nothing does.
  Section degraded(const Section& seen, int n = 0) {
    EXPECT_EQ(push(frame(seen, n)), GST_FLOW_OK);
    const auto out = pull();
    return out ? seen_in(out.get(), info_) : Section();
  }

  void flush() {
    gst_harness_push_event(harness_, gst_event_new_flush_start());
    gst_harness_push_event(harness_, gst_event_new_flush_stop(TRUE));
    GstSegment segment;
    gst_segment_init(&segment, GST_FORMAT_TIME);
    gst_harness_push_event(harness_, gst_event_new_segment(&segment));
  }

 private:
  GstVideoInfo info_;
  BusPtr bus_;
  GstHarness* harness_;
};

/// A plane of one value; 8 bits.
inline Section plane(std::uint8_t value, Extent extent = {150, 201}) {
  Section section(SampleType::uint8, 1, extent);
  std::memset(section.span().data, value, section.size_in_bytes());
  return section;
}

/// Standard deviation of an 8-bit section, in its values.
inline double deviation_of(const Section& section) {
  const auto count = section.size_in_bytes();
  double sum = 0, squares = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double value = section.samples<std::uint8_t>()[i];
    sum += value;
    squares += value * value;
  }
  const double mean = sum / static_cast<double>(count);
  return std::sqrt(squares / static_cast<double>(count) - mean * mean);
}

/// A scene as frames of these caps show it, black and white being what the caps say: studio range of YUV, full range of
/// grey and RGB.
inline Section shown(const GstVideoInfo& info) {
  auto section = degraded_scene(info);
  const double unit = 1 << (format_of(info).bits - 8);
  if (GST_VIDEO_INFO_IS_YUV(&info)) section.set_range({16 * unit, 235 * unit});
  return section;
}

/// What core makes of a section, in its own type and value range.
/// \param most  the largest value that a format has
inline Section degraded_by_core(const Section& clean, const Degradation& degradation, unsigned most = 65535) {
  auto values = degrade(clean.view(), degradation);
  Section result(clean);
  store_normalised(values.samples<float>(), clean.extent().area(), clean.extent().cols, result.span());
  for (std::int64_t i = 0; clean.type() == SampleType::uint16 && i < clean.extent().area(); ++i)
    result.samples<guint16>()[i] =
        static_cast<guint16>(std::min<unsigned>(result.samples<guint16>()[i], most));
  return result;
}

}  // namespace firstframe
