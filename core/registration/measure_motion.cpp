#include "core/registration/measure_motion.h"

#include <algorithm>
#include <cmath>

#include "core/registration/block_change.h"
#include "core/registration/frame_shift.h"

namespace firstframe {
namespace {

constexpr double kStandsStill = 0.05;  // pixels

double unless_noise(double length, double error) {
  return std::abs(length) > std::max(kStandsStill, error) ? length : 0;
}

double distance(const torch::Tensor& blocks, const torch::Tensor& plane) {
  return (blocks - block_means(plane)).square().sum(torch::kDouble).item<double>();
}

}  // namespace

torch::Tensor moved_back(const torch::Tensor& plane, const RepeatMotion& motion) {
  return moved_back(plane, FrameShift{motion.down, motion.across});
}

RepeatMotion motion_between(const torch::Tensor& from, const torch::Tensor& to) {
  torch::NoGradGuard no_grad;
  const auto shift = frame_shift(from, to);
  const double down = unless_noise(shift.down, shift.down_error), across = unless_noise(shift.across, shift.across_error);
  const auto blocks = block_means(from);
  RepeatMotion closest;
  double least = distance(blocks, to);
  for (const auto& motion : {RepeatMotion{down, 0}, RepeatMotion{0, across}, RepeatMotion{down, across}}) {
    if (motion == RepeatMotion{} || motion == closest) continue;
    const double found = distance(blocks, moved_back(to, motion));
    if (found < least) {
      least = found;
      closest = motion;
    }
  }
  return closest;
}

}  // namespace firstframe
