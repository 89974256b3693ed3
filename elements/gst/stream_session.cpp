#include "elements/gst/stream_session.h"

#include <unistd.h>

#include <filesystem>
#include <utility>

#include "core/base/error.h"
#include "core/base/text.h"
#include "elements/gst/exception_barrier.h"
#include "elements/gst/stream_pair.h"
#include "io/model/model_file.h"
#include "io/picture/picture.h"

namespace firstframe {

bool StreamSession::begin(const ElementProperties& properties) {
  end();  // a state change that failed half-way has left something behind
  {
    const std::scoped_lock pairing(pairing_);
    const std::scoped_lock guard(lock_);
    properties_ = properties;
    is_hopeless_ = false;
    averages_ = properties_.clean_average > 0 && properties_.model_location.empty();
    if (has_clean_pad_) matcher_.await();
    interruption_ = {};
    is_leaving_ = false;
    scale_ = properties_.settings.train.scale;
  }
  if (!(properties_.model_location.empty() ? prepare_training() : prepare_model())) return false;
  const std::scoped_lock pairing(pairing_);
  is_open_ = true;
  return true;
}

bool StreamSession::prepare_model() {
  return guarded(element_, "model-location", properties_.model_location, [this] {
    const auto restorer =
        make_restorer(read_model(properties_.model_location), properties_.settings.restore.device,
                      properties_.settings.restore.precision);
    const auto asked = properties_.settings.train.scale;
    if (asked > 0 && asked != restorer->info().scale)
      throw ArgumentError(text("scale: ", asked, " was asked for, the model's is ", restorer->info().scale,
                               "; leave scale at 0 or load another model"));
    restorer->tile_needs(properties_.settings.restore);  // says now what it refuses, not at the first frame
    go_live(restorer);
    const auto& info = restorer->info();
    if (info.neighbours > 0 && info.settings.find(kNeighboursBefore) == std::string::npos)
      GST_ELEMENT_WARNING(element_, STREAM, FORMAT,
                          ("The model was trained on the mean of a section and %d neighbours on both sides; a stream has the %d frames before "
                           "it. Where frames change fast that may restore less well than a model without neighbours: train one in the "
                           "stream (neighbours=%d), or without.",
                           static_cast<int>(info.neighbours), static_cast<int>(info.neighbours), static_cast<int>(info.neighbours)),
                          (nullptr));
    post_model_live(element_, restorer->info());
  });
}

bool StreamSession::prepare_training() {
  return guarded(element_, "properties", {}, [this] { check_properties(); }) &&
         guarded(element_, "save-model-location", properties_.save_model_location,
                 [this] { check_save_location(); }) &&
         read_pictures();
}

void StreamSession::check_properties() const {
  const bool has_picture = !properties_.clean_location.empty();
  if (!has_picture && !has_clean_pad_ && !averages_)
    throw ArgumentError(
        "There is nothing to learn from; set clean-location to the clean picture of the first frame, send it "
        "to the "
        "pad clean, set clean-average where the scene stands still, or set model-location to a trained "
        "model.");
  if (!has_picture && !properties_.degraded_location.empty())
    throw ArgumentError(
        "degraded-location belongs to clean-location, which is not set; set both or neither.");
  if (properties_.neighbours > 0 && (has_picture || averages_))
    throw ArgumentError(
        text("neighbours: ", properties_.neighbours, " frames before the annotated one are to be averaged with it, and the one that ",
             has_picture ? "clean-location" : "clean-average", " belongs to has none before it; send the clean picture of a later frame to "
             "the pad clean, with that frame's time, or by the signal adapt, or leave neighbours at 0."));
  if (!averages_) return;
  if (has_picture || has_clean_pad_)
    throw ArgumentError(
        text("clean-average: ", properties_.clean_average,
             " frames were to make the clean picture, which is given as well; leave clean-average at 0, or "
             "clean-location unset and the pad clean away."));
  if (properties_.clean_average == 1)
    throw ArgumentError("clean-average: 1 is not accepted; use 0 for none, or 2..250.");
  if (untrained_policy() == UntrainedPolicy::hold)
    throw ArgumentError(
        "clean-average: untrained-policy=hold would wait for the frames that it holds; use passthrough or "
        "drop.");
  if (properties_.settings.train.scale > 1)
    throw ArgumentError(text("clean-average: frames make a clean picture of their own size, not of scale ",
                             properties_.settings.train.scale, "; leave scale at 0."));
}

// Said now rather than after a training of minutes.
void StreamSession::check_save_location() const {
  const std::filesystem::path location = properties_.save_model_location;
  if (location.empty()) return;
  const auto folder = location.has_parent_path() ? location.parent_path() : ".";
  if (access(folder.c_str(), W_OK) != 0)
    throw OutputError(text(location.string(), ": the folder ", folder.string(),
                           " is missing or not writable; create it or choose another"));
}

void StreamSession::end() {
  {
    const std::scoped_lock pairing(pairing_);
    is_open_ = false;
    matcher_.reset();
    averaging_ = nullptr;
  }
  training_.cancel();
  light_.end();
  const std::scoped_lock guard(lock_);
  model_ = nullptr;
  learned_ = nullptr;
  pair_ = nullptr;
  clean_extent_ = {};
  frame_extent_ = {};
  scale_ = 0;
}

std::vector<std::int64_t> StreamSession::possible_scales(const std::optional<Extent>& frame) const {
  const std::scoped_lock guard(lock_);
  if (scale_ > 0) return {scale_};
  if (!frame || clean_extent_.area() == 0) return {1, 2, 3, 4};
  try {
    return {scale_of(*frame, clean_extent_)};
  } catch (const FormatError&) {
    return {1};
  }
}

void StreamSession::know_scale(std::int64_t scale) {
  const std::scoped_lock guard(lock_);
  if (scale_ == 0) scale_ = scale;
}

std::string StreamSession::training_state() const {
  switch (training_.state()) {
    case TrainingThread::State::idle: return "idle";
    case TrainingThread::State::running: return "running";
    case TrainingThread::State::done: return "done";
    case TrainingThread::State::failed: break;
  }
  return "failed";
}

bool StreamSession::lets_frames_pass() const {
  return untrained_policy() == UntrainedPolicy::passthrough && !model() && training_.state() == TrainingThread::State::running;
}

bool StreamSession::end_of_stream() {
  std::string too_late;
  {
    const std::scoped_lock pairing(pairing_);
    if (averaging_ && !averaging_->has_all())
      too_late = text("The stream ended after ", averaging_->count(), " of the ", averaging_->frames(),
                      " frames of clean-average; no frame was restored. Use a smaller clean-average.");
    else if (matcher_.is_unmet() && !model() && training_.state() == TrainingThread::State::idle &&
             !is_hopeless_)
      too_late =
          "The stream ended before the pad clean gave the picture of one of its frames; no frame was "
          "restored. "
          "Send it earlier, or use untrained-policy=hold.";
    forget_incomplete_average();
  }
  light_.give_up();  // no frame comes any more that it is for, unless after a seek
  const bool is_running = training_.state() == TrainingThread::State::running;
  if (is_running && !properties_.save_model_location.empty()) {
    const auto interrupted = interruption();
    training_.wait(interrupted);
    return !interrupted.stop_requested();
  }
  if (is_running) {
    if (!model())
      too_late =
          "The stream ended before training did; no frame was restored. Use untrained-policy=hold or a "
          "smaller train-seconds.";
    training_.cancel();
  }
  if (!too_late.empty())
    GST_ELEMENT_WARNING(element_, RESOURCE, SETTINGS, ("%s", too_late.c_str()), (nullptr));
  return true;
}

void StreamSession::interrupt() {
  std::unique_lock guard(lock_);
  auto current = interruption_;
  guard.unlock();
  current.request_stop();  // calls those who wait
}

void StreamSession::resume() {
  const std::scoped_lock pairing(pairing_);
  matcher_.forget_frames();
  forget_incomplete_average();
  const std::scoped_lock guard(lock_);
  if (!is_leaving_) interruption_ = {};
}

void StreamSession::leave() {
  {
    const std::scoped_lock guard(lock_);
    is_leaving_ = true;
  }
  interrupt();
  training_.request_stop();
  light_.give_up();
}

std::stop_token StreamSession::interruption() const {
  const std::scoped_lock guard(lock_);
  return interruption_.get_token();
}

void StreamSession::go_live(std::shared_ptr<const Restorer> restorer, std::shared_ptr<const TrainingPair> learned) {
  {
    const std::scoped_lock guard(lock_);
    scale_ = restorer->info().scale;
    model_ = std::move(restorer);
    learned_ = std::move(learned);
  }
  light_.forget();
}

std::shared_ptr<const Restorer> StreamSession::model() const {
  const std::scoped_lock guard(lock_);
  return model_;
}

}  // namespace firstframe
