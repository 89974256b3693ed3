#pragma once

#include <gst/base/gstaggregator.h>
#include <gst/video/video.h>

#include <cstdint>
#include <mutex>
#include <optional>

#include "elements/gst/measure_stats.h"
#include "elements/gst/queued_buffer.h"

namespace firstframe {

/// What firstframemeasure does between its pads: pairs frames by running time, measures the pairs, tells of them on the
/// bus, and passes the tested frames on.
///
/// averages() may be called from any thread, begin() and forget_caps() while no frame flows, the rest from the thread
/// that aggregates.
class MeasuredStream {
 public:
  /// \param element  outlives this, as do its pads
  MeasuredStream(GstAggregator* element, GstAggregatorPad* tested, GstAggregatorPad* reference)
      : element_(element), tested_pad_(tested), reference_pad_(reference) {}

  GstAggregatorPad* tested_pad() const { return tested_pad_; }
  GstAggregatorPad* reference_pad() const { return reference_pad_; }

  /// Begins the averages anew.
  void begin();
  void forget_caps();
  void set_caps(GstAggregatorPad* pad, const GstVideoInfo& info);

  /// Passes one tested frame on, measured when it has a reference.
  /// \param timed_out  a live pipeline waits no longer: what has not arrived is missing
  /// \return GST_AGGREGATOR_FLOW_NEED_DATA while a frame is awaited; GST_FLOW_EOS, with the averages on the bus, at the
  ///         end of the tested stream; GST_FLOW_ERROR, with an error on the bus, for frames that cannot be compared
  GstFlowReturn next(bool timed_out);

  /// The running time from which on a live pipeline need not wait: that of the tested frame that has arrived; 0, which
  /// is past, at the end of the tested stream; none while there is nothing to pass.
  GstClockTime due_time() const;

  /// The averages so far; the caller's own.
  GstStructure* averages(const char* name) const;

 private:
  enum class Partner { found, missing, awaited };

  Partner find_partner(GstClockTimeDiff time, GstClockTimeDiff tolerance, bool timed_out, BufferPtr& partner);
  bool measure(const BufferPtr& tested, const BufferPtr& reference, GstClockTimeDiff time);
  bool are_comparable() const;
  void tell_of_early_end(GstClockTimeDiff time);
  void pass_gap(const BufferPtr& gap) const;

  GstAggregator* element_;
  GstAggregatorPad* tested_pad_;
  GstAggregatorPad* reference_pad_;
  std::optional<GstVideoInfo> tested_info_, reference_info_;
  std::uint64_t frame_ = 0;  // of the tested stream, since begin()
  bool has_told_of_end_ = false;

  mutable std::mutex lock_;  // guards stats_
  MeasureStats stats_;
};

}  // namespace firstframe
