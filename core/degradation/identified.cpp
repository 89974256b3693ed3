#include "core/degradation/identified.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace firstframe {

bool IdentifiedNoise::is_white() const { return std::abs(correlation) < 0.1; }
bool IdentifiedNoise::follows_brightness() const { return law == NoiseLaw::poisson_like || law == NoiseLaw::multiplicative; }
bool IdentifiedNoise::is_from_blocks() const { return blockiness > 1.15; }

bool IdentifiedDegradation::explains_the_pair() const {
  constexpr double kNothing = 1e-4;  // a fortieth of an 8-bit step: what rounding leaves has no law
  if (noise.sigma < kNothing) return true;
  const bool has_law = noise.law == NoiseLaw::constant || (noise.follows_brightness() && downscale.factor == 1);
  return noise.is_white() && has_law && !noise.is_from_blocks();
}

bool IdentifiedDegradation::is_mere_noise() const {
  constexpr double kLittle = 0.1;   // of the change
  constexpr double kStrong = 0.06;  // about 15 of 255: weaker noise leaves details, which are learned from the pair as it is
  constexpr double kShared = 0.5;   // coarser grain looks like the scene
  return explained < kLittle && noise.sigma >= kStrong && std::abs(noise.correlation) < kShared && noise.law != NoiseLaw::irregular && downscale.factor == 1 &&
         !noise.is_from_blocks() && !explains_the_pair();
}

double IdentifiedDegradation::blur_sigma() const {
  if (gaussian) return gaussian->sigma;
  if (kernel.size == 1 || gain == 0) return 0;
  double squares = 0;
  for (const double tap : kernel.taps) squares += tap * tap;
  for (const double error : kernel_error) squares -= error * error;  // what noise adds to the squares
  const double concentration = squares / (gain * gain);
  if (concentration >= 0.9) return 0;  // practically one tap
  return concentration > 0 ? std::sqrt(1 / (4 * std::numbers::pi * concentration)) : static_cast<double>(kernel.reach());
}

double IdentifiedDegradation::kernel_relative_error() const {
  const auto norm = [](const std::vector<float>& values) {
    return std::sqrt(std::inner_product(values.begin(), values.end(), values.begin(), 0.0));
  };
  const double taps = norm(kernel.taps);
  return taps > 0 ? norm(kernel_error) / taps : 0;
}

double IdentifiedDegradation::largest_tap_error() const {
  return kernel_error.empty() ? 0 : *std::max_element(kernel_error.begin(), kernel_error.end());
}

}  // namespace firstframe
