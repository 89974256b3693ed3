#include "core/training/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace firstframe {

double Schedule::rate(std::int64_t step) const {
  if (step < kFreeSteps) return peak_ * static_cast<double>(step + 1) / kFreeSteps;
  if (planned_steps_ <= kFreeSteps) return peak_;
  const double done = std::min(1.0, static_cast<double>(step - kFreeSteps) / static_cast<double>(planned_steps_ - kFreeSteps));
  return peak_ * (0.01 + 0.99 * 0.5 * (1 + std::cos(std::numbers::pi * done)));
}

std::int64_t plan_steps(std::int64_t taken, double seconds_per_step, double seconds_left) {
  const double more = seconds_per_step > 0 ? std::max(0.0, seconds_left) / seconds_per_step : 0;
  return std::max(Schedule::kFreeSteps, taken + static_cast<std::int64_t>(more));
}

}  // namespace firstframe
