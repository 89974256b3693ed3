#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

namespace firstframe {

/// Runs a training beside the stream, at most one at a time, and lets others wait for its end.
///
///     idle -> running -> done | failed;  give_up() and cancel() lead back to idle, replace() to running
///
/// Safe to call from any thread.
class TrainingThread {
 public:
  enum class State { idle, running, done, failed };

  /// Trains until it is finished or asked to stop; says whether there is a model now. May not throw.
  using Training = std::function<bool(std::stop_token)>;

  /// Starts `training` on a thread of its own; does nothing unless idle.
  void begin(Training training);

  /// Starts `training` as soon as the one that runs, which is asked to stop, has ended. Does not wait for that.
  void replace(Training training);

  State state() const;

  /// Blocks until nothing is running any more, or until `interruption` asks to give up waiting.
  State wait(std::stop_token interruption) const;

  /// Asks a running training to stop, without waiting for it.
  void request_stop();

  /// Stops the training, and is idle at once: another that is begun waits for its end.
  void give_up();

  /// Stops the training and waits for it: one optimiser step, at most.
  void cancel();

  ~TrainingThread() { cancel(); }

 private:
  void start(Training training);

  mutable std::mutex lock_;  // guards all below
  mutable std::condition_variable_any changed_;
  State state_ = State::idle;
  std::uint64_t number_ = 0;  // of the training that state_ tells of
  std::stop_source stop_;
  std::jthread thread_;  // last, so that it has ended before what it uses goes
};

}  // namespace firstframe
