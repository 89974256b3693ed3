#pragma once

#include <cmath>
#include <cstdint>
#include <random>

#include "core/degradation/poisson.h"
#include "core/seismic/wavelet.h"

namespace firstframe {

/// White Gaussian noise of deviation 1, the same on every machine.
inline Traces white_noise(Extent extent, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  Traces noise(extent);
  for (auto& value : noise.values) value = std::sqrt(-2 * std::log(uniform(random))) * std::cos(6.283185307179586 * uniform(random));
  return noise;
}

/// One event: the wavelet's peak lies at sample first + dip * trace, placed without rounding.
inline void add_event(Traces& section, double first, double dip, double strength, double peak_cycles_per_sample = 0.1) {
  for (std::int64_t row = 0; row < section.extent.rows; ++row)
    for (std::int64_t col = 0; col < section.extent.cols; ++col) {
      const double t = static_cast<double>(row) - first - dip * static_cast<double>(col);
      const double a = std::pow(3.141592653589793 * peak_cycles_per_sample * t, 2);
      section.at(row, col) += strength * (1 - 2 * a) * std::exp(-a);
    }
}

inline Traces sum_of(Traces a, const Traces& b, double weight = 1) {
  for (std::size_t i = 0; i < a.values.size(); ++i) a.values[i] += weight * b.values[i];
  return a;
}

}  // namespace firstframe
