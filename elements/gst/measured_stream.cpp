#include "elements/gst/measured_stream.h"

#include <algorithm>
#include <utility>

#include "elements/gst/exception_barrier.h"
#include "elements/gst/measure_frame.h"

GST_DEBUG_CATEGORY_EXTERN(firstframe_measure_debug);
#define GST_CAT_DEFAULT firstframe_measure_debug

namespace firstframe {
namespace {

void post(GstAggregator* element, GstStructure* structure) {
  gst_element_post_message(GST_ELEMENT(element), gst_message_new_element(GST_OBJECT(element), structure));
}

}  // namespace

void MeasuredStream::begin() {
  const std::scoped_lock guard(lock_);
  stats_ = {};
  frame_ = 0;
  has_told_of_end_ = false;
}

void MeasuredStream::forget_caps() {
  tested_info_.reset();
  reference_info_.reset();
}

void MeasuredStream::set_caps(GstAggregatorPad* pad, const GstVideoInfo& info) {
  (pad == tested_pad_ ? tested_info_ : reference_info_) = info;
}

GstStructure* MeasuredStream::averages(const char* name) const {
  const std::scoped_lock guard(lock_);
  return stats_.structure(name);
}

GstFlowReturn MeasuredStream::next(bool timed_out) {
  auto tested = peek(tested_pad_);
  if (!tested) {
    if (!gst_aggregator_pad_is_eos(tested_pad_)) return GST_AGGREGATOR_FLOW_NEED_DATA;
    post(element_, averages("firstframe-measure-average"));
    return GST_FLOW_EOS;
  }
  if (is_gap(tested)) {
    pass_gap(tested);
    gst_aggregator_pad_drop_buffer(tested_pad_);
    return GST_FLOW_OK;
  }

  const auto time = running_time_of(tested_pad_, tested);
  BufferPtr reference;
  const auto partner =
      time ? find_partner(*time, half_frame(tested, tested_info_), timed_out, reference) : Partner::missing;
  if (partner == Partner::awaited) return GST_AGGREGATOR_FLOW_NEED_DATA;
  if (partner == Partner::found) {
    if (!measure(tested, reference, *time)) return GST_FLOW_ERROR;
  } else {
    GST_DEBUG_OBJECT(element_, "no reference for %" GST_PTR_FORMAT, tested.get());
    const std::scoped_lock guard(lock_);
    stats_.add_unmatched();
  }
  gst_aggregator_selected_samples(element_, GST_BUFFER_PTS(tested.get()), GST_BUFFER_DTS(tested.get()),
                                  GST_BUFFER_DURATION(tested.get()), nullptr);
  ++frame_;
  reference.reset();
  tested.reset();  // so that the frame leaves as writable as it came
  return gst_aggregator_finish_buffer(element_, gst_aggregator_pad_pop_buffer(tested_pad_));
}

GstClockTime MeasuredStream::due_time() const {
  const auto tested = peek(tested_pad_);
  if (!tested) return gst_aggregator_pad_is_eos(tested_pad_) ? 0 : GST_CLOCK_TIME_NONE;
  const auto time = running_time_of(tested_pad_, tested);
  return time && *time > 0 ? static_cast<GstClockTime>(*time) : 0;
}

MeasuredStream::Partner MeasuredStream::find_partner(GstClockTimeDiff time, GstClockTimeDiff tolerance,
                                                     bool timed_out, BufferPtr& partner) {
  for (bool has_dropped = false;; has_dropped = true) {
    auto candidate = peek(reference_pad_);
    if (!candidate && gst_aggregator_pad_is_eos(reference_pad_)) {
      tell_of_early_end(time);
      return Partner::missing;
    }
    // After a drop an event may stand before the next frame: the base class handles it and comes again.
    if (!candidate) return timed_out && !has_dropped ? Partner::missing : Partner::awaited;

    const auto at = running_time_of(reference_pad_, candidate);
    if (at && *at > time + tolerance) return Partner::missing;
    const bool matches = at && *at >= time - tolerance && !is_gap(candidate);
    gst_aggregator_pad_drop_buffer(reference_pad_);
    if (matches) {
      partner = std::move(candidate);
      return Partner::found;
    }
    if (is_gap(candidate)) continue;
    GST_DEBUG_OBJECT(element_, "no tested frame for the reference's %" GST_PTR_FORMAT, candidate.get());
    const std::scoped_lock guard(lock_);
    stats_.add_unmatched_reference();
  }
}

bool MeasuredStream::measure(const BufferPtr& tested, const BufferPtr& reference, GstClockTimeDiff time) {
  FrameQuality quality;
  if (!are_comparable()) return false;
  if (!guarded(GST_ELEMENT(element_), "measuring a frame", {}, [&] {
        quality = measure_frame(tested.get(), *tested_info_, reference.get(), *reference_info_);
      }))
    return false;
  const auto running_time = static_cast<GstClockTime>(std::max<GstClockTimeDiff>(time, 0));
  {
    const std::scoped_lock guard(lock_);
    stats_.add(quality, running_time);
  }
  post(element_, gst_structure_new("firstframe-measure", "running-time", GST_TYPE_CLOCK_TIME, running_time,
                                   "frame", G_TYPE_UINT64, frame_, "psnr", G_TYPE_DOUBLE, quality.psnr,
                                   "ssim", G_TYPE_DOUBLE, quality.ssim, nullptr));
  return true;
}

bool MeasuredStream::are_comparable() const {
  if (!tested_info_ || !reference_info_) {
    GST_ELEMENT_ERROR(element_, STREAM, FORMAT, ("Frames came without caps, so nothing says what they hold."),
                      (nullptr));
    return false;
  }
  const auto &one = *tested_info_, &other = *reference_info_;
  if (one.width == other.width && one.height == other.height &&
      GST_VIDEO_INFO_FORMAT(&one) == GST_VIDEO_INFO_FORMAT(&other))
    return true;
  GST_ELEMENT_ERROR(
      element_, STREAM, FORMAT,
      ("Frames on the pad sink are %s, %d x %d, those on the pad reference %s, %d x %d; both need one "
       "format and size: put videoconvert and videoscale before one of them.",
       GST_VIDEO_INFO_NAME(&one), one.width, one.height, GST_VIDEO_INFO_NAME(&other), other.width,
       other.height),
      (nullptr));
  return false;
}

void MeasuredStream::tell_of_early_end(GstClockTimeDiff time) {
  if (has_told_of_end_) return;
  has_told_of_end_ = true;
  GST_ELEMENT_WARNING(element_, STREAM, FAILED,
                      ("The reference ended before the stream did; from running time %" GST_TIME_FORMAT
                       " on frames pass unmeasured.",
                       GST_TIME_ARGS(static_cast<GstClockTime>(std::max<GstClockTimeDiff>(time, 0)))),
                      (nullptr));
}

// The base class sends the segment before the first frame, and a gap must not come before the segment.
void MeasuredStream::pass_gap(const BufferPtr& gap) const {
  auto* segment = gst_pad_get_sticky_event(element_->srcpad, GST_EVENT_SEGMENT, 0);
  if (!segment) return;
  gst_event_unref(segment);
  gst_pad_push_event(element_->srcpad,
                     gst_event_new_gap(GST_BUFFER_PTS(gap.get()), GST_BUFFER_DURATION(gap.get())));
}

}  // namespace firstframe
