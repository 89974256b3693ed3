#include "elements/gst/stream_load.h"

#include <algorithm>
#include <utility>

#include "elements/gst/restore_frame.h"

namespace firstframe {
namespace {

constexpr GstClockTime kUnknownFrameTime = 40 * GST_MSECOND;  // caps without a frame rate

double in_seconds(GstClockTime time) { return static_cast<double>(time) / GST_SECOND; }

// Tiles are kept once all were restored and the noise was seen in a second frame.
std::vector<int> frames_to_settle(const std::vector<QualityLevel>& levels) {
  std::vector<int> frames;
  for (const auto& level : levels) frames.push_back(level.keeps_tiles ? 2 : 0);
  return frames;
}

}  // namespace

void StreamLoad::begin(OverloadPolicy policy, guint max_latency, Flight flight) {
  const std::scoped_lock guard(lock_);
  policy_ = policy;
  flight_ = flight;
  max_latency_ = max_latency * GST_MSECOND;
  frame_time_ = kUnknownFrameTime;
  is_live_ = has_warned_ = was_reset_ = false;
  proportion_ = 1;
  earliest_ = GST_CLOCK_TIME_NONE;
  configured_ = GST_CLOCK_TIME_NONE;
  meter_.clear();
  frames_in_ = frames_out_ = late_ = degraded_ = dropped_ = 0;
  control_ = LoadControl();
  levels_.clear();
  levels_model_ = nullptr;
  tiles_.forget();
}

void StreamLoad::set_info(const GstVideoInfo& info) {
  const auto before = latency();
  {
    const std::scoped_lock guard(lock_);
    const bool has_rate = info.fps_n > 0 && info.fps_d > 0;
    frame_time_ = has_rate ? gst_util_uint64_scale_int(GST_SECOND, info.fps_d, info.fps_n) : kUnknownFrameTime;
    levels_model_ = nullptr;  // other formats have other levels
    has_warned_ = false;
  }
  post_if_other(before);
}

void StreamLoad::set_flight(Flight flight) {
  const auto before = latency();
  {
    const std::scoped_lock guard(lock_);
    if (flight_ == flight) return;
    flight_ = flight;
    ++choice_;  // times that frames took beside fewer others tell nothing
  }
  post_if_other(before);
}

void StreamLoad::post_if_other(GstClockTime latency_before) const {
  if (latency() != latency_before)
    gst_element_post_message(GST_ELEMENT(element_), gst_message_new_latency(GST_OBJECT(element_)));
}

void StreamLoad::flush() {
  const std::scoped_lock guard(lock_);
  earliest_ = GST_CLOCK_TIME_NONE;
  proportion_ = 1;
}

void StreamLoad::on_qos(GstEvent* event) {
  GstQOSType type;
  gdouble proportion;
  GstClockTimeDiff difference;
  GstClockTime timestamp;
  gst_event_parse_qos(event, &type, &proportion, &difference, &timestamp);
  const std::scoped_lock guard(lock_);
  proportion_ = proportion;
  if (!GST_CLOCK_TIME_IS_VALID(timestamp)) return;
  // A late stream has twice its delay to make up for, as GStreamer's own filters reckon.
  const auto earliest = static_cast<GstClockTimeDiff>(timestamp) + (difference > 0 ? 2 * difference : difference);
  earliest_ = earliest > 0 ? static_cast<GstClockTime>(earliest) : 0;
}

void StreamLoad::on_latency_answered(bool is_live) {
  const std::scoped_lock guard(lock_);
  is_live_ = is_live;
}

void StreamLoad::on_latency_configured(GstClockTime latency) {
  const std::scoped_lock guard(lock_);
  configured_ = latency;
}

GstClockTime StreamLoad::latency() const {
  const std::scoped_lock guard(lock_);
  return promised();
}

GstClockTime StreamLoad::promised() const {
  return (max_latency_ > 0 ? max_latency_ : frame_time_) + static_cast<GstClockTime>(flight_.frames - 1) * frame_time_;
}

GstClockTime StreamLoad::budget() const {
  if (!is_live_ && max_latency_ == 0) return 0;
  const auto alone = is_live_ && !(max_latency_ > 0 && max_latency_ < frame_time_) ? frame_time_ : max_latency_;
  return alone + static_cast<GstClockTime>(flight_.workers - 1) * frame_time_;
}

bool StreamLoad::is_late(const GstBuffer* frame) const {
  if (element_->segment.format != GST_FORMAT_TIME) return false;
  const auto running = gst_segment_to_running_time(&element_->segment, GST_FORMAT_TIME, GST_BUFFER_PTS(frame));
  if (!GST_CLOCK_TIME_IS_VALID(running)) return false;
  return (GST_CLOCK_TIME_IS_VALID(earliest_) && running <= earliest_) || (is_live_ && GST_CLOCK_TIME_IS_VALID(configured_) && misses_its_time(running));
}

bool StreamLoad::misses_its_time(GstClockTime running_time) const {
  auto* element = GST_ELEMENT(element_);
  auto* clock = gst_element_get_clock(element);
  if (!clock) return false;
  const auto now = gst_clock_get_time(clock), began = gst_element_get_base_time(element);
  gst_object_unref(clock);
  return now > began + running_time + configured_;
}

const QualityLevel& StreamLoad::level_for(const std::shared_ptr<const Restorer>& model, const RestoreSettings& asked,
                                          bool can_keep) {
  const std::scoped_lock guard(lock_);
  if (levels_model_ != model || !(levels_asked_ == asked)) {
    was_reset_ = was_reset_ || control_.level() > 0;
    levels_can_keep_ = can_keep && model->info().scale == 1;
    levels_ = quality_levels(*model, asked, levels_can_keep_, policy_ == OverloadPolicy::adapt);
    if (policy_ == OverloadPolicy::drop) levels_.resize(1);
    control_ = LoadControl(frames_to_settle(levels_));
    levels_model_ = model;
    levels_asked_ = asked;
    ++choice_;
    tiles_.forget();
  }
  return levels_[control_.level()];
}

bool StreamLoad::is_passing() const {
  const std::scoped_lock guard(lock_);
  return levels_model_ && levels_[control_.level()].passes;
}

std::shared_ptr<const Restorer> StreamLoad::needs_lighter_than() const {
  const std::scoped_lock guard(lock_);
  const bool passes = policy_ == OverloadPolicy::adapt && levels_model_ && levels_[control_.level()].passes;
  return passes && !levels_[levels_.size() - 2].light ? levels_model_ : nullptr;
}

void StreamLoad::add_light_model(const std::shared_ptr<const Restorer>& light) {
  const std::scoped_lock guard(lock_);
  if (!levels_model_) return;
  levels_ = quality_levels(*levels_model_, levels_asked_, levels_can_keep_, /*all=*/true, light);
  control_.insert(levels_.size() - 2);
  ++choice_;
  was_reset_ = true;
}

void StreamLoad::restore(const std::shared_ptr<const Restorer>& model, const QualityLevel& level,
                         const GstVideoFrame& degraded, GstVideoFrame& restored, const FrameNeighbours& neighbours,
                         std::stop_token stop) {
  if (level.passes)
    pass_frame(degraded, restored, level.settings.threads);
  else if (level.keeps_tiles)
    restore_changes(tiles_, model, level.settings, degraded, restored, neighbours, std::move(stop));
  else
    restore_frame(*model, level.settings, degraded, restored, neighbours, std::move(stop));
}

LevelNumber StreamLoad::level_number() const {
  const std::scoped_lock guard(lock_);
  return {choice_, control_.level() == 0};
}

void StreamLoad::frame_done(const GstBuffer* frame, const FrameTimes& times, LevelNumber level) {
  const auto allowed = latency();
  bool is_other = false, is_broken = false, is_longest = false;
  {
    const std::scoped_lock guard(lock_);
    ++frames_in_;
    ++frames_out_;
    const bool was_late = is_late(frame);
    late_ += was_late;
    degraded_ += !level.is_full;
    is_longest = times.held / GST_MSECOND > meter_.longest() / GST_MSECOND;
    meter_.add(times.held);
    is_broken = times.ready > allowed && (is_live_ || max_latency_ > 0) && !std::exchange(has_warned_, true);
    const bool was_reset = std::exchange(was_reset_, false);
    const bool is_current = level.choice == choice_;
    const bool is_changed = is_current && control_.after_frame(in_seconds(times.worked), in_seconds(budget()), was_late);
    choice_ += is_changed;
    is_other = is_changed || was_reset;
    if (is_other) tiles_.forget();  // they get no younger while other levels are in use
  }
  if (is_other) post_quality(frame);
  if (is_longest) g_object_notify(G_OBJECT(element_), "max-observed-delay");
  if (is_broken)
    GST_ELEMENT_WARNING(element_, RESOURCE, BUSY,
                        ("A frame took %.1f ms, %.1f ms were promised (max-latency, or one frame). Quality falls where "
                         "overload-policy lets it; otherwise use a cheaper restorer, or a longer max-latency.",
                         in_seconds(times.ready) * 1e3, in_seconds(allowed) * 1e3),
                        (nullptr));
}

void StreamLoad::end() {
  const std::scoped_lock guard(lock_);
  tiles_ = {};
  levels_.clear();
  levels_model_ = nullptr;
}

void StreamLoad::frame_passed() {
  const std::scoped_lock guard(lock_);
  ++frames_in_;
  ++frames_out_;
}

void StreamLoad::frame_dropped() {
  const std::scoped_lock guard(lock_);
  ++frames_in_;
  ++dropped_;
}

void StreamLoad::post_quality(const GstBuffer* frame) const {
  const auto& segment = element_->segment;
  const auto pts = GST_BUFFER_PTS(frame);
  std::unique_lock guard(lock_);
  const auto& level = levels_[control_.level()];
  auto* message = gst_message_new_qos(GST_OBJECT(element_), is_live_, gst_segment_to_running_time(&segment, GST_FORMAT_TIME, pts),
                                      gst_segment_to_stream_time(&segment, GST_FORMAT_TIME, pts), pts, GST_BUFFER_DURATION(frame));
  const auto last = static_cast<gint64>(meter_.quantile(0.5)), allowed = static_cast<gint64>(budget());
  gst_message_set_qos_values(message, allowed > 0 ? last - allowed : 0, proportion_, level.quality);
  gst_message_set_qos_stats(message, GST_FORMAT_BUFFERS, frames_out_, dropped_);
  guard.unlock();
  gst_element_post_message(GST_ELEMENT(element_), message);
}

guint64 StreamLoad::max_observed_delay() const {
  const std::scoped_lock guard(lock_);
  return meter_.longest() / GST_MSECOND;
}

GstStructure* StreamLoad::stats(const std::string& training) const {
  const std::scoped_lock guard(lock_);
  const auto* level = levels_model_ ? &levels_[control_.level()] : nullptr;
  return gst_structure_new(
      "application/x-firstframe-stats",                                           //
      "frames-in", G_TYPE_UINT64, frames_in_,                                     //
      "frames-out", G_TYPE_UINT64, frames_out_,                                   //
      "frames-late", G_TYPE_UINT64, late_,                                        //
      "frames-degraded", G_TYPE_UINT64, degraded_,                                //
      "frames-dropped", G_TYPE_UINT64, dropped_,                                  //
      "latency", G_TYPE_UINT64, promised(),                                       //
      "median-delay", G_TYPE_UINT64, static_cast<guint64>(meter_.quantile(0.5)),  //
      "p99-delay", G_TYPE_UINT64, static_cast<guint64>(meter_.quantile(0.99)),    //
      "max-delay", G_TYPE_UINT64, static_cast<guint64>(meter_.longest()),         //
      "level", G_TYPE_STRING, level ? level->name.c_str() : "none",               //
      "stride", G_TYPE_INT64, static_cast<gint64>(level ? level->settings.stride : 0),
      "quality", G_TYPE_INT, level ? level->quality : 0,  //
      "training", G_TYPE_STRING, training.c_str(), nullptr);
}

}  // namespace firstframe
