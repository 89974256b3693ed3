#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>

#include "core/frame/section.h"
#include "core/training/still_average.h"

namespace firstframe {

/// Brings the first frames of a stream from the streaming thread, which only copies their luma, to the training
/// thread, which registers and averages them. Holds every frame until it has been averaged.
class Averaging {
 public:
  Averaging(std::int64_t frames, Extent extent) : frames_(frames), extent_(extent) {}

  std::int64_t frames() const { return frames_; }
  Extent extent() const { return extent_; }
  /// Frames handed over so far.
  std::int64_t count() const;
  bool has_all() const { return count() == frames_; }

  /// The luma of the next frame. Never waits; after the last, does nothing.
  void add(Section luma);

  /// Averages the frames as they come. Call it once.
  /// \param report  called after each with the number of frames averaged so far
  /// \throws Cancelled when a stop was requested; FormatError when the scene moved, see StillAverage
  StillAverage average(const std::function<void(std::int64_t)>& report, std::stop_token stop);

 private:
  const std::int64_t frames_;
  const Extent extent_;
  mutable std::mutex lock_;  // guards the two below
  std::int64_t count_ = 0;
  std::deque<Section> waiting_;
  std::condition_variable_any changed_;
};

}  // namespace firstframe
