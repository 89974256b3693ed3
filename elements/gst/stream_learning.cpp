// What a stream session learns from: where its training pair comes from, and when.

#include <gst/video/gstvideofilter.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/colour/luma.h"
#include "elements/gst/exception_barrier.h"
#include "elements/gst/mapped_sample.h"
#include "elements/gst/native_samples.h"
#include "elements/gst/stream_pair.h"
#include "elements/gst/stream_session.h"
#include "io/picture/picture.h"

namespace firstframe {
namespace {

Extent extent_of(const GstVideoFrame& frame) {
  return {GST_VIDEO_FRAME_HEIGHT(&frame), GST_VIDEO_FRAME_WIDTH(&frame)};
}

}  // namespace

bool StreamSession::read_pictures() {
  const auto& [clean_location, degraded_location] =
      std::tie(properties_.clean_location, properties_.degraded_location);
  if (clean_location.empty()) return true;
  Section clean;
  return guarded(element_, "clean-location", clean_location,
                 [&] {
                   clean = read_picture(clean_location);
                   expect_clean(clean.extent());
                 }) &&
         guarded(element_, "degraded-location", degraded_location, [&] {
           std::optional<TrainingPair> pair;  // with which training need not wait for a frame
           if (!degraded_location.empty()) pair = picture_pair(clean, read_picture(degraded_location));
           const std::scoped_lock pairing(pairing_);
           if (pair)
             learn(std::move(*pair));
           else
             matcher_.expect_next(std::move(clean));
         });
}

std::shared_ptr<const Restorer> StreamSession::model_for(const GstVideoFrame& frame, const SectionsBefore& before) {
  const auto interruption = this->interruption();
  const bool holds = untrained_policy() == UntrainedPolicy::hold;
  try {
    std::unique_lock pairing(pairing_);
    learn_from(frame, before);
    if (holds && !model()) {
      await_annotation(pairing, interruption);
      learn_from(frame, before);
    }
  } catch (...) {
    if (!model()) {
      is_hopeless_ = true;
      throw;
    }
    post_current_exception(element_, GST_MESSAGE_WARNING, "learning from another frame");
  }
  if (auto live = model()) return live;
  if (holds) training_.wait(interruption);
  return model();
}

void StreamSession::await_annotation(std::unique_lock<std::mutex>& pairing,
                                     const std::stop_token& interruption) {
  annotated_.wait(pairing, interruption, [this] {
    return !matcher_.is_awaited() || matcher_.has_picture() ||
           training_.state() != TrainingThread::State::idle;
  });
}

void StreamSession::learn_from(const GstVideoFrame& frame, const SectionsBefore& before_it) {
  const auto* filter = GST_VIDEO_FILTER(element_);
  know_scale(filter->out_info.width / filter->in_info.width);
  std::shared_ptr<const TrainingPair> before;
  {
    const std::scoped_lock guard(lock_);
    frame_extent_ = extent_of(frame);
    before = pair_;
  }
  const bool is_idle = training_.state() == TrainingThread::State::idle;
  if (auto match = matcher_.offer(frame.buffer, filter->in_info, running_time_of(frame.buffer), before_it))
    learn(std::move(*match));
  else if (is_idle && before && !model())
    train(before);  // given up at EOS, before a seek
  else if (averages_)
    collect(frame);
}

void StreamSession::collect(const GstVideoFrame& frame) {
  if (averaging_ && averaging_->has_all()) return;
  if (training_.state() == TrainingThread::State::failed) return;
  Section scratch;
  auto luma = luma_or_grey(native_view(frame, scratch));
  if (!averaging_ || averaging_->extent() != luma.extent()) {
    averaging_ = std::make_shared<Averaging>(properties_.clean_average, luma.extent());
    train(nullptr, averaging_);
  }
  averaging_->add(std::move(luma));
}

bool StreamSession::wants_frame() const {
  const std::scoped_lock pairing(pairing_);
  const bool collects = averages_ && !(averaging_ && averaging_->has_all()) && training_.state() != TrainingThread::State::failed;
  return collects || matcher_.is_awaited() || matcher_.has_picture();
}

void StreamSession::forget_incomplete_average() {
  if (!averaging_ || averaging_->has_all()) return;
  averaging_ = nullptr;
  training_.give_up();
}

GstClockTime StreamSession::running_time_of(GstBuffer* buffer) const {
  const auto& segment = GST_BASE_TRANSFORM(element_)->segment;
  if (segment.format != GST_FORMAT_TIME) return GST_CLOCK_TIME_NONE;
  return gst_segment_to_running_time(&segment, GST_FORMAT_TIME, GST_BUFFER_PTS(buffer));
}

void StreamSession::learn(FrameMatcher::Match match) {
  const MappedSample degraded(match.degraded.buffer.get(), match.degraded.info, "degraded");
  auto pair = stream_pair(match.clean, degraded.frame());
  if (const auto wanted = properties_.neighbours; wanted > 0) {
    if (match.degraded.before.size() < static_cast<std::size_t>(wanted))
      throw ArgumentError(text("neighbours: ", wanted, " frames are to be averaged with the one that the clean picture belongs to, and ",
                               match.degraded.before.size(), " came before it; send the picture of a later frame, to the pad clean with "
                               "that frame's time or by the signal adapt, or leave neighbours at 0"));
    FrameNeighbours annotated{std::make_shared<const Section>(std::move(pair.degraded)), match.degraded.before};
    annotated.before.resize(static_cast<std::size_t>(wanted));
    pair.degraded = annotated.mean();
    pair.neighbours = wanted;
  }
  learn(std::move(pair));
}

std::shared_ptr<const Restorer> StreamSession::light_model_of(const std::shared_ptr<const Restorer>& full) {
  const std::scoped_lock pairing(pairing_);
  std::shared_ptr<const TrainingPair> learned;
  {
    const std::scoped_lock guard(lock_);
    if (full != model_ || is_leaving_) return nullptr;
    learned = learned_;
  }
  if (training_.state() == TrainingThread::State::running) learned = nullptr;  // another model is on its way
  return light_.of(full, learned, properties_.settings.train);
}

std::size_t StreamSession::frames_before() const {
  const auto live = model();
  return static_cast<std::size_t>(std::max<std::int64_t>(properties_.neighbours, live ? live->info().neighbours : 0));
}

void StreamSession::learn(TrainingPair pair) {
  check_scale(pair.degraded.extent(), pair.clean.extent());
  averages_ = false;
  averaging_ = nullptr;
  train(std::make_shared<const TrainingPair>(std::move(pair)));
}

// Frames have one size for the whole stream. Extents that no scale fits are the training's to refuse.
void StreamSession::check_scale(Extent degraded, Extent clean) const {
  const std::scoped_lock guard(lock_);
  if (scale_ == 0 || properties_.settings.train.scale > 0) return;
  std::int64_t scale = scale_;
  try {
    scale = scale_of(degraded, clean);
  } catch (const FormatError&) {
  }
  if (scale != scale_)
    throw ArgumentError(text("scale: degraded is ", name_of(degraded), ", clean is ", name_of(clean), ", ",
                             scale, " times as large, but the stream was agreed on at scale ", scale_,
                             "; give a clean picture of that size, or set scale before the stream begins"));
}

void StreamSession::train(std::shared_ptr<const TrainingPair> pair, std::shared_ptr<Averaging> averaging) {
  is_hopeless_ = false;
  {
    const std::scoped_lock guard(lock_);
    pair_ = pair;
    if (pair && scale_ == 0 && properties_.settings.train.scale == 0) {
      try {
        scale_ = scale_of(pair->degraded.extent(), pair->clean.extent());
      } catch (const FormatError&) {
        scale_ = 1;  // training says what is wrong
      }
    }
  }
  const TrainingJob job{element_,
                        std::move(pair),
                        std::move(averaging),
                        properties_.settings.train,
                        properties_.save_model_location,
                        [this](auto made) {
                          const std::scoped_lock guard(lock_);
                          pair_ = std::move(made);
                        },
                        [this] { return model(); },
                        [this](auto restorer, auto learned) { go_live(std::move(restorer), std::move(learned)); }};
  light_.give_up();  // it makes way, and goes when the new model is there
  training_.replace([job](std::stop_token stop) { return job.run(std::move(stop)); });
  annotated_.notify_all();
}

bool StreamSession::adapt(GstSample* degraded, GstSample* clean) {
  const auto work = [&] {
    if (degraded && properties_.neighbours > 0)
      throw ArgumentError(text("adapt: neighbours is ", properties_.neighbours, ", and a frame that is given with its clean picture has "
                               "none before it; give no degraded frame, so that the stream's next one is taken"));
    const MappedSample clean_frame(clean, "clean");
    Section picture = native_copy(clean_frame.frame());
    std::optional<TrainingPair> pair;
    if (degraded) pair = stream_pair(picture, MappedSample(degraded, "degraded").frame());

    const std::scoped_lock pairing(pairing_);
    if (!is_open_) throw ArgumentError("adapt: the element is not started; call it in PAUSED or PLAYING");
    const auto small = pair ? pair->degraded.extent() : frame_extent();
    if (small.area() > 0) {
      scale_of(small, picture.extent(), properties_.settings.train.scale);
      check_scale(small, picture.extent());
    }
    if (pair) {
      learn(std::move(*pair));
      return;
    }
    averages_ = false;
    forget_incomplete_average();
    expect_clean(picture.extent());
    matcher_.expect_next(std::move(picture));
    annotated_.notify_all();
  };
  return guarded(element_, "adapt", {}, work, GST_MESSAGE_WARNING);
}

void StreamSession::set_extent(Extent extent) {
  const std::scoped_lock guard(lock_);
  frame_extent_ = extent;
}

Extent StreamSession::frame_extent() const {
  const std::scoped_lock guard(lock_);
  return frame_extent_;
}

void StreamSession::has_clean_pad(bool there) {
  if (!there) end_clean();
  const std::scoped_lock pairing(pairing_);
  has_clean_pad_ = there;
  if (there && is_open_) matcher_.await();
}

void StreamSession::expect_clean(Extent extent) {
  const std::scoped_lock guard(lock_);
  clean_extent_ = extent;
}

GstFlowReturn StreamSession::clean_frame(const GstVideoFrame& frame, GstClockTime running_time) {
  try {
    const std::scoped_lock pairing(pairing_);
    if (!is_open_) return GST_FLOW_FLUSHING;
    if (!matcher_.is_awaited()) return GST_FLOW_OK;  // EOS would end a tee, and with it the stream that is restored
    auto match = matcher_.offer_clean(native_copy(frame), running_time);
    if (match) learn(std::move(*match));
  } catch (...) {
    const bool is_live = model() != nullptr;
    is_hopeless_ = !is_live;
    post_current_exception(element_, is_live ? GST_MESSAGE_WARNING : GST_MESSAGE_ERROR, "clean pad");
  }
  annotated_.notify_all();
  return is_hopeless_ ? GST_FLOW_ERROR : GST_FLOW_OK;
}

void StreamSession::end_clean() {
  bool is_missed;
  {
    const std::scoped_lock pairing(pairing_);
    is_missed = is_open_ && matcher_.is_awaited() && !has_other_source();
    matcher_.give_up();
    is_hopeless_ = is_hopeless_ || is_missed;
  }
  if (is_missed)
    GST_ELEMENT_ERROR(
        element_, RESOURCE, SETTINGS,
        ("The pad clean ended without a picture; send one frame, then EOS, or set clean-location or "
         "model-location."),
        (nullptr));
  annotated_.notify_all();
}

bool StreamSession::has_other_source() const {
  return !properties_.clean_location.empty() || model() || matcher_.has_picture() ||
         training_.state() != TrainingThread::State::idle;
}

void StreamSession::flush_clean() {
  const std::scoped_lock pairing(pairing_);
  matcher_.forget_clean();
}

}  // namespace firstframe
