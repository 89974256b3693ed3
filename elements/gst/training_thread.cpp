#include "elements/gst/training_thread.h"

#include <utility>

namespace firstframe {

void TrainingThread::begin(Training training) {
  const std::scoped_lock guard(lock_);
  if (state_ != State::idle) return;
  stop_ = {};
  thread_ = std::jthread([this, training = std::move(training), stop = stop_.get_token()] {
    const auto end = training(stop) ? State::done : State::failed;
    const std::scoped_lock guard(lock_);
    state_ = end;
    changed_.notify_all();
  });
  state_ = State::running;
}

TrainingThread::State TrainingThread::state() const {
  const std::scoped_lock guard(lock_);
  return state_;
}

TrainingThread::State TrainingThread::wait(std::stop_token interruption) const {
  std::unique_lock guard(lock_);
  changed_.wait(guard, std::move(interruption), [this] { return state_ != State::running; });
  return state_;
}

void TrainingThread::request_stop() {
  const std::scoped_lock guard(lock_);
  stop_.request_stop();
}

void TrainingThread::cancel() {
  request_stop();
  if (thread_.joinable()) thread_.join();
  const std::scoped_lock guard(lock_);
  state_ = State::idle;
}

}  // namespace firstframe
