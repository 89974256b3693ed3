#include "elements/gst/frame_matcher.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

constexpr GstClockTime kUsualTolerance = 20 * GST_MSECOND;

GstClockTime distance(GstClockTime a, GstClockTime b) { return a > b ? a - b : b - a; }

GstClockTime tolerance_of(const KeptFrame& frame) {
  if (GST_BUFFER_DURATION_IS_VALID(frame.buffer.get())) return GST_BUFFER_DURATION(frame.buffer.get()) / 2;
  if (frame.info.fps_n > 0)
    return gst_util_uint64_scale_int(GST_SECOND, frame.info.fps_d, 2 * frame.info.fps_n);
  return kUsualTolerance;
}

std::string name_of_time(GstClockTime time) {
  gchar* name = g_strdup_printf("%" GST_TIME_FORMAT, GST_TIME_ARGS(time));
  std::string result(name);
  g_free(name);
  return result;
}

}  // namespace

void FrameMatcher::give_up() {
  is_awaited_ = false;
  forget_frames();
}

bool FrameMatcher::is_near(const KeptFrame& frame) const {
  return distance(frame.running_time, clean_time_) <= tolerance_of(frame);
}

FrameMatcher::Match FrameMatcher::taken(KeptFrame frame) {
  return {std::move(frame), std::exchange(clean_, {})};
}

void FrameMatcher::remember(const KeptFrame& frame) {
  if (!first_) first_ = frame;
  if (!latest_.empty() && latest_.back().buffer.get() == frame.buffer.get()) return;
  latest_.push_back(frame);
  if (latest_.size() > kRemembered) latest_.pop_front();
}

std::optional<FrameMatcher::Match> FrameMatcher::offer(GstBuffer* buffer, const GstVideoInfo& info,
                                                       GstClockTime running_time, const SectionsBefore& before) {
  if (!is_awaited_ && clean_.empty()) return std::nullopt;
  const KeptFrame frame{{gst_buffer_ref(buffer), KeptFrame::Unref()}, info, running_time, before};
  if (is_awaited_) remember(frame);
  if (clean_.empty()) return std::nullopt;
  const bool is_timed = GST_CLOCK_TIME_IS_VALID(clean_time_) && GST_CLOCK_TIME_IS_VALID(running_time);
  if (is_for_next_ || !is_timed || is_near(frame)) return taken(frame);
  if (running_time > clean_time_) refuse(frame);
  return std::nullopt;
}

std::optional<FrameMatcher::Match> FrameMatcher::offer_clean(Section clean, GstClockTime running_time) {
  clean_ = std::move(clean);
  clean_time_ = running_time;
  is_for_next_ = false;
  auto match = first_ ? nearest() : std::nullopt;
  give_up();
  return match;
}

// Among the frames that have passed.
std::optional<FrameMatcher::Match> FrameMatcher::nearest() {
  if (!GST_CLOCK_TIME_IS_VALID(clean_time_) || !GST_CLOCK_TIME_IS_VALID(first_->running_time))
    return taken(*first_);
  if (is_near(*first_)) return taken(*first_);
  const auto found = std::min_element(latest_.begin(), latest_.end(), [this](const auto& a, const auto& b) {
    return distance(a.running_time, clean_time_) < distance(b.running_time, clean_time_);
  });
  if (is_near(*found)) return taken(*found);
  if (clean_time_ < latest_.back().running_time) refuse(latest_.front());
  return std::nullopt;  // its frame is still to come
}

void FrameMatcher::refuse(const KeptFrame& oldest) {
  clean_ = {};
  throw FormatError(text(
      "clean pad: the clean frame's running time is ", name_of_time(clean_time_),
      ", the nearest frames that are remembered begin at ", name_of_time(oldest.running_time),
      "; give it the timestamp of its frame, or send it before ", kRemembered, " more frames have passed"));
}

void FrameMatcher::expect_next(Section clean) {
  clean_ = std::move(clean);
  clean_time_ = GST_CLOCK_TIME_NONE;
  is_for_next_ = true;
}

void FrameMatcher::forget_frames() {
  first_ = std::nullopt;
  latest_.clear();
}

void FrameMatcher::forget_clean() {
  if (clean_.empty() || is_for_next_) return;
  clean_ = {};
  await();
}

}  // namespace firstframe
