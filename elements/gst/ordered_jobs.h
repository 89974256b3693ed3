#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <vector>

namespace firstframe {

/// Works on several jobs at once, on threads of its own, and gives them back in the order in which they came.
///
///     jobs.add(std::move(first), 2);
///     jobs.add(std::move(second), 2);
///     auto finished = jobs.next(stop);  // the first, even where the second was ready before it
///
/// Whoever adds and takes jobs is one thread; a stop may be requested from any. Threads are made when they are first needed and kept
/// until end(). Knows nothing of GStreamer.
class OrderedJobs {
 public:
  class Job {
   public:
    virtual ~Job() = default;
    /// The work, on a thread of the class. What it throws comes back with the job.
    virtual void run() = 0;
  };
  struct Finished {
    std::unique_ptr<Job> job;
    std::exception_ptr error;  // of run()
  };

  ~OrderedJobs() { end(); }

  /// Jobs that were added and not taken yet.
  std::size_t count() const;

  /// \param workers  jobs that may be worked on at once from now on, 1 or more
  void add(std::unique_ptr<Job> job, std::size_t workers);
  /// One that only keeps its place among the others: run() is not called.
  void add_finished(std::unique_ptr<Job> job);

  /// Whether next() would not wait.
  bool has_finished() const;
  /// Waits for the oldest job. \return nothing when there is none, or a stop was requested first
  std::optional<Finished> next(std::stop_token stop);

  /// Forgets all jobs; waits for those that are being worked on.
  void discard();
  /// The same, and the threads end.
  void end();

 private:
  struct Entry {
    std::unique_ptr<Job> job;
    std::exception_ptr error;
    enum class State { waiting, running, finished } state = State::waiting;
  };

  void work(const std::stop_token& stop);
  Entry* next_waiting();
  std::size_t running() const;

  mutable std::mutex lock_;  // guards the entries and how many may be worked on
  std::condition_variable_any changed_;
  std::size_t most_running_ = 0;
  std::deque<Entry> entries_;  // a deque: entries stay where they are while others come and go
  std::vector<std::jthread> workers_;
};

}  // namespace firstframe
