#include "elements/gst/training_thread.h"

#include <utility>

namespace firstframe {

void TrainingThread::begin(Training training) {
  const std::scoped_lock guard(lock_);
  if (state_ == State::idle) start(std::move(training));
}

void TrainingThread::replace(Training training) {
  const std::scoped_lock guard(lock_);
  stop_.request_stop();
  start(std::move(training));
}

void TrainingThread::start(Training training) {
  stop_ = {};
  state_ = State::running;
  thread_ = std::jthread([this, training = std::move(training), stop = stop_.get_token(), number = ++number_,
                          before = std::move(thread_)]() mutable {
    if (before.joinable()) before.join();
    const auto end = training(stop) ? State::done : State::failed;
    const std::scoped_lock guard(lock_);
    if (number != number_) return;  // another has taken its place
    state_ = end;
    changed_.notify_all();
  });
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

void TrainingThread::give_up() {
  const std::scoped_lock guard(lock_);
  stop_.request_stop();
  ++number_;
  state_ = State::idle;
  changed_.notify_all();
}

void TrainingThread::cancel() {
  std::unique_lock guard(lock_);
  stop_.request_stop();
  auto ending = std::move(thread_);
  const auto number = number_;
  guard.unlock();
  if (ending.joinable()) ending.join();
  guard.lock();
  if (number != number_) return;  // one that was begun meanwhile goes on
  state_ = State::idle;
  changed_.notify_all();
}

}  // namespace firstframe
