#include "elements/gst/averaging.h"

#include <utility>

#include "core/base/error.h"

namespace firstframe {

std::int64_t Averaging::count() const {
  const std::scoped_lock guard(lock_);
  return count_;
}

void Averaging::add(Section luma) {
  const std::scoped_lock guard(lock_);
  if (count_ == frames_) return;
  ++count_;
  waiting_.push_back(std::move(luma));
  changed_.notify_all();
}

StillAverage Averaging::average(const std::function<void(std::int64_t)>& report, std::stop_token stop) {
  StillAverage average(frames_);
  while (!average.is_complete()) {
    std::unique_lock guard(lock_);
    if (!changed_.wait(guard, stop, [this] { return !waiting_.empty(); }) || stop.stop_requested())
      throw Cancelled("clean-average: stopped");
    const auto luma = std::move(waiting_.front());
    waiting_.pop_front();
    guard.unlock();
    average.add(luma.view());
    report(average.count());
  }
  return average;
}

}  // namespace firstframe
