#pragma once

#include <cstdint>
#include <vector>

#include "core/frame/section.h"
#include "core/training/pair.h"

namespace firstframe {

/// Makes a training pair of a scene that stands still, for want of a clean frame: the first frame is the degraded
/// section, the registered mean of those after it the clean one. The first is not in the mean: a part of its own
/// noise would be taught as clean.
///
///     StillAverage average(30);
///     while (!average.is_complete()) average.add(next_frame());
///     const auto restorer = train(average.pair(), settings);
///
/// Each frame is measured against the first, and moved back by what it moved, by cubic convolution, when that is
/// more than 0.05 pixels and more than noise explains. Noise must be new in every frame. Refused is a scene
/// - that moved by more than 0.5 pixels, or of which that cannot be told;
/// - whose frames differ from the first, in the mean square, 1.5 times as much as from the frame before them: noise
///   would make both the same, while zooms, turns and fades add up;
/// - with a part that moved: the mean of 8 x 8 pixels differs by more than 2 % of the value range, and 8 times more
///   than those of like brightness usually do.
class StillAverage {
 public:
  /// \param frames  the first included, 2 or more
  explicit StillAverage(std::int64_t frames) : frames_(frames) {}

  /// \param frame  1 channel, at least 24 x 24 pixels
  /// \throws FormatError when the scene moved, naming the motion, or when the frame has another extent or type
  ///
  /// Cost: some forty passes over the frame.
  void add(const SectionView& frame);

  std::int64_t frames() const { return frames_; }
  std::int64_t count() const { return count_; }
  bool is_complete() const { return count_ == frames_; }
  /// Largest shift of a frame against the first, pixels.
  double largest_shift() const { return largest_shift_; }

  /// The first frame as it came and the mean as float32, 0..1. Call it once complete.
  TrainingPair pair() const;

 private:
  const std::int64_t frames_;
  std::int64_t count_ = 0;
  double largest_shift_ = 0;
  double between_neighbours_ = 0;  // sum of mean squared differences, frame by frame
  Section first_;
  Section before_;  // float32, 0..1, as are the next two
  Section first_plane_;
  Section sum_;
};

}  // namespace firstframe
