#include "elements/gst/ordered_jobs.h"

#include <algorithm>
#include <utility>

namespace firstframe {

std::size_t OrderedJobs::count() const {
  const std::scoped_lock guard(lock_);
  return entries_.size();
}

void OrderedJobs::add(std::unique_ptr<Job> job, std::size_t workers) {
  while (workers_.size() < workers) workers_.emplace_back([this](std::stop_token stop) { work(stop); });
  const std::scoped_lock guard(lock_);
  most_running_ = workers;
  entries_.push_back({std::move(job), nullptr, Entry::State::waiting});
  changed_.notify_all();
}

void OrderedJobs::add_finished(std::unique_ptr<Job> job) {
  const std::scoped_lock guard(lock_);
  entries_.push_back({std::move(job), nullptr, Entry::State::finished});
}

bool OrderedJobs::has_finished() const {
  const std::scoped_lock guard(lock_);
  return !entries_.empty() && entries_.front().state == Entry::State::finished;
}

std::optional<OrderedJobs::Finished> OrderedJobs::next(std::stop_token stop) {
  std::unique_lock guard(lock_);
  if (entries_.empty()) return std::nullopt;
  const auto& oldest = entries_.front();
  if (!changed_.wait(guard, std::move(stop), [&] { return oldest.state == Entry::State::finished; })) return std::nullopt;
  Finished finished{std::move(entries_.front().job), entries_.front().error};
  entries_.pop_front();
  return finished;
}

void OrderedJobs::discard() {
  std::deque<Entry> forgotten;  // jobs end without the lock
  std::unique_lock guard(lock_);
  for (auto& entry : entries_)
    if (entry.state == Entry::State::waiting) entry.state = Entry::State::finished;
  changed_.wait(guard, [this] { return running() == 0; });
  forgotten.swap(entries_);
}

void OrderedJobs::end() {
  discard();
  workers_.clear();  // asks each to stop and waits for it
}

OrderedJobs::Entry* OrderedJobs::next_waiting() {
  if (running() >= most_running_) return nullptr;
  const auto found = std::ranges::find(entries_, Entry::State::waiting, &Entry::state);
  return found == entries_.end() ? nullptr : &*found;
}

std::size_t OrderedJobs::running() const {
  return static_cast<std::size_t>(std::ranges::count(entries_, Entry::State::running, &Entry::state));
}

void OrderedJobs::work(const std::stop_token& stop) {
  std::unique_lock guard(lock_);
  for (;;) {
    Entry* entry = nullptr;
    if (!changed_.wait(guard, stop, [&] { return (entry = next_waiting()) != nullptr; })) return;
    entry->state = Entry::State::running;
    guard.unlock();
    std::exception_ptr error;
    try {
      entry->job->run();
    } catch (...) {
      error = std::current_exception();
    }
    guard.lock();
    entry->error = std::move(error);
    entry->state = Entry::State::finished;
    changed_.notify_all();
  }
}

}  // namespace firstframe
