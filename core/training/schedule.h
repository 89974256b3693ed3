#pragma once

#include <cstdint>

namespace firstframe {

/// Learning rate over the steps of a training: linear warm-up, cosine down to 1 %. A shorter warm-up lost networks: of 32 trainings
/// of `residual` on a section of a CT, two came to nothing with 20 steps, one with 40, and none with 40 when Adam's second moment
/// forgets in 100 steps instead of 1000 (descent.cpp), which costs 0.03 to 0.07 dB of 30.4 after 3000 steps on Set11.
///
/// The first kFreeSteps, which warm up, do not depend on the planned number, so a training by time can measure its speed on
/// them and then plan; the same number of planned steps gives the same rates, however it was arrived at.
class Schedule {
 public:
  static constexpr std::int64_t kFreeSteps = 40;

  Schedule(double peak, std::int64_t planned_steps) : peak_(peak), planned_steps_(planned_steps) {}

  double rate(std::int64_t step) const;

 private:
  double peak_;
  std::int64_t planned_steps_;
};

/// How many steps fit: those already taken and as many more as the time left allows, at least kFreeSteps.
std::int64_t plan_steps(std::int64_t taken, double seconds_per_step, double seconds_left);

}  // namespace firstframe
