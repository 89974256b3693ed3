#include "elements/gst/load_control.h"

#include <algorithm>

namespace firstframe {
namespace {

constexpr double kHeadroom = 0.8;    // of the budget: more is no longer easy
constexpr double kForgetting = 0.3;  // weight of the newest frame in a level's mean
constexpr double kSlowFrames = 2, kForgiven = 1.0 / 16;  // slow frames that are too many; what a frame in time makes up for
constexpr double kMuchTooSlow = 2;
constexpr int kLeastPatience = 15, kMostPatience = 120;  // frames
constexpr int kTooSoon = 30;                             // frames: a level left within these was tried too early
constexpr int kUntilTried = 16;  // times the patience before a level that is known to be slow is tried all the same: a minute at 30 frames/s at most
constexpr int kLongAgo = 1 << 20;

}  // namespace

bool LoadControl::fits(std::size_t level, double budget) const {
  return budget <= 0 || seconds_at_[level] <= kHeadroom * budget;
}

void LoadControl::go_to(std::size_t level) {
  level_ = level;
  unsettled_ = settling_[level];
  hard_ = easy_ = 0;
}

void LoadControl::insert(std::size_t at) {
  settling_.insert(settling_.begin() + static_cast<std::ptrdiff_t>(at), 0);
  seconds_at_.insert(seconds_at_.begin() + static_cast<std::ptrdiff_t>(at), 0);
  if (level_ == at) unsettled_ = hard_ = easy_ = 0;
  if (level_ > at) ++level_;
}

bool LoadControl::after_frame(double seconds, double budget, bool is_late) {
  since_raised_ = std::min(since_raised_ + 1, kLongAgo);
  const bool is_much_too_slow = budget > 0 && seconds > kMuchTooSlow * budget;
  if (unsettled_ > 0 && !is_much_too_slow) {
    --unsettled_;
    return false;
  }
  auto& mean = seconds_at_[level_];
  mean = mean == 0 ? seconds : (1 - kForgetting) * mean + kForgetting * seconds;

  if (since_raised_ == kTooSoon + 1) patience_ = kLeastPatience;  // the try held

  const bool is_slow = is_late || (budget > 0 && seconds > budget);
  hard_ = is_slow ? hard_ + 1 : std::max(0.0, hard_ - kForgiven);
  easy_ = is_slow || (budget > 0 && seconds > kHeadroom * budget) ? 0 : easy_ + 1;

  const bool must_yield = hard_ >= kSlowFrames || is_much_too_slow;
  if (must_yield && level_ + 1 < levels()) {
    if (since_raised_ <= kTooSoon) patience_ = std::min(2 * patience_, kMostPatience);
    auto next = level_ + 1;
    while (next + 1 < levels() && !fits(next, budget)) ++next;
    go_to(next);
    since_raised_ = kLongAgo;
    return true;
  }
  const bool may_rise = level_ > 0 && easy_ >= patience_ && (fits(level_ - 1, budget) || easy_ >= kUntilTried * patience_);
  if (!may_rise) return false;
  // The mean is of a time that is over; what a level takes now is measured now.
  seconds_at_[level_ - 1] = 0;
  go_to(level_ - 1);
  since_raised_ = 0;
  return true;
}

}  // namespace firstframe
