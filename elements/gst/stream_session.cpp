#include "elements/gst/stream_session.h"

#include <unistd.h>

#include <filesystem>
#include <utility>

#include "core/base/error.h"
#include "core/base/text.h"
#include "elements/gst/exception_barrier.h"
#include "elements/gst/stream_pair.h"
#include "elements/gst/training_job.h"
#include "io/model/model_file.h"
#include "io/picture/picture.h"

namespace firstframe {

bool StreamSession::begin(const ElementProperties& properties) {
  end();  // a state change that failed half-way has left something behind
  properties_ = properties;
  {
    const std::scoped_lock guard(lock_);
    interruption_ = {};
    is_leaving_ = false;
    scale_ = properties_.settings.train.scale;
  }
  return properties_.model_location.empty() ? prepare_training() : prepare_model();
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
    post_model_live(element_, restorer->info());
  });
}

bool StreamSession::prepare_training() {
  if (properties_.clean_location.empty()) {
    GST_ELEMENT_ERROR(
        element_, RESOURCE, SETTINGS,
        ("There is nothing to learn from; set clean-location to the clean picture of the first frame, or "
         "model-location to a trained model."),
        (nullptr));
    return false;
  }
  return guarded(element_, "save-model-location", properties_.save_model_location,
                 [this] { check_save_location(); }) &&
         guarded(element_, "clean-location", properties_.clean_location, [this] { read_clean(); }) &&
         guarded(element_, "degraded-location", properties_.degraded_location, [this] { read_degraded(); });
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

void StreamSession::read_clean() {
  clean_ = read_picture(properties_.clean_location);
  const std::scoped_lock guard(lock_);
  clean_extent_ = clean_.extent();
}

// With a degraded picture of its own, training need not wait for a frame.
void StreamSession::read_degraded() {
  if (properties_.degraded_location.empty()) return;
  pair_ =
      std::make_shared<const TrainingPair>(picture_pair(clean_, read_picture(properties_.degraded_location)));
  know_scale(possible_scales(pair_->degraded.extent()).front());
  train();
}

void StreamSession::end() {
  training_.cancel();
  const std::scoped_lock guard(lock_);
  model_ = nullptr;
  pair_ = nullptr;
  clean_ = {};
  clean_extent_ = {};
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
  scale_ = scale;
}

std::shared_ptr<const Restorer> StreamSession::model_for(const GstVideoFrame& frame) {
  if (auto live = model()) return live;
  if (training_.state() == TrainingThread::State::idle) {
    if (!pair_) pair_ = std::make_shared<const TrainingPair>(stream_pair(clean_, frame));
    know_scale(possible_scales(pair_->degraded.extent()).front());
    train();
  }
  if (untrained_policy() == UntrainedPolicy::hold) training_.wait(interruption());
  return model();
}

void StreamSession::train() {
  const TrainingJob job{element_, pair_, properties_.settings.train, properties_.save_model_location,
                        [this](auto restorer) { go_live(std::move(restorer)); }};
  training_.begin([job](std::stop_token stop) { return job.run(std::move(stop)); });
}

bool StreamSession::end_of_stream() {
  if (training_.state() != TrainingThread::State::running) return true;
  // A model that is live already is only being saved.
  if (model() || !properties_.save_model_location.empty()) {
    const auto interrupted = interruption();
    training_.wait(interrupted);
    return !interrupted.stop_requested();
  }
  training_.cancel();
  GST_ELEMENT_WARNING(
      element_, RESOURCE, SETTINGS,
      ("The stream ended before training did; no frame was restored. Use untrained-policy=hold or a "
       "smaller train-seconds."),
      (nullptr));
  return true;
}

void StreamSession::interrupt() {
  std::unique_lock guard(lock_);
  auto current = interruption_;
  guard.unlock();
  current.request_stop();  // calls those who wait
}

void StreamSession::resume() {
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
}

std::stop_token StreamSession::interruption() const {
  const std::scoped_lock guard(lock_);
  return interruption_.get_token();
}

void StreamSession::go_live(std::shared_ptr<const Restorer> restorer) {
  const std::scoped_lock guard(lock_);
  scale_ = restorer->info().scale;
  model_ = std::move(restorer);
}

std::shared_ptr<const Restorer> StreamSession::model() const {
  const std::scoped_lock guard(lock_);
  return model_;
}

}  // namespace firstframe
