#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace firstframe {

/// Chooses, frame by frame, how much work the next one may be: level 0 is the full quality, each level after it cheaper.
///
/// Two frames in a row that were too slow, more than one in seventeen of many, or one that took more than twice its time, lead to
/// the first level known, or hoped, to fit. The way back goes one level at a time, after frames that came easily, and not to a level that is
/// known to be too slow, except now and then for a try, since machines calm down. A level that is left again soon makes
/// the next try wait twice as long, so that quality does not pump. Knows nothing of GStreamer. One thread at a time.
///
/// A level may need a few frames to settle, which cost more than those after them: they count only where they take more
/// than twice their time.
class LoadControl {
 public:
  /// \param settling  for each level, 1 or more of them, frames until it costs what it will cost
  explicit LoadControl(std::vector<int> settling = {0}) : settling_(std::move(settling)), seconds_at_(settling_.size(), 0) {}

  std::size_t level() const { return level_; }
  std::size_t levels() const { return seconds_at_.size(); }

  /// Tells what the last frame was like.
  /// \param seconds  it took
  /// \param budget   seconds it might take; 0 for as long as it needs
  /// \param is_late  whether its receiver waits for it already
  /// \return whether the level is another one now
  bool after_frame(double seconds, double budget, bool is_late);

  /// There is a level more, right before that of this number. What is known of the others stays, and so does the level in use, but for
  /// the one that the new one is better than: it gives way at once. \param at  levels() - 1 at most
  void insert(std::size_t at);

 private:
  bool fits(std::size_t level, double budget) const;
  void go_to(std::size_t level);

  std::vector<int> settling_;
  std::vector<double> seconds_at_;  // moving mean of what frames of a level take; 0 for a level never used
  std::size_t level_ = 0;
  int unsettled_ = 0;  // frames that the level still needs to settle
  double hard_ = 0;       // frames that were too slow, less what frames in time made up for
  int easy_ = 0;          // frames in a row that were not
  int patience_ = 15;     // easy frames before a better level is tried
  int since_raised_ = 1 << 20;  // frames since the last try; large when there was none
};

}  // namespace firstframe
