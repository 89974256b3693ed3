#pragma once

#include <cstdint>
#include <vector>

#include "core/training/pair.h"

namespace firstframe {

/// Where a tap of a kernel lies, pixels from the middle.
struct Tap {
  std::int64_t row = 0;
  std::int64_t col = 0;
};

/// The (2 reach + 1)^2 taps ring by ring from the middle, so that the first of them make up every smaller kernel.
std::vector<Tap> taps_by_ring(std::int64_t reach);

/// The normal equations of degraded(p) = sum over u of h(u) clean(p + u) + offset, unknowns in the order of
/// taps_by_ring, sums over the pixels p used.
struct KernelEquations {
  std::int64_t reach = 0;
  double count = 0;              // pixels p
  std::vector<double> products;  // [u, v] sum of clean(p + u) clean(p + v)
  std::vector<double> right;     // [u] sum of degraded(p) clean(p + u)
  std::vector<double> sums;      // [u] sum of clean(p + u)
  double degraded_sum = 0;
  double degraded_power = 0;  // sum of degraded(p)^2
};

/// Sums the equations over tiles, which must lie `reach` or more inside the pair's frame.
///
/// A product sum depends on where the window lies only at its edges: per difference v - u it is summed once and then
/// moved from tap to tap. Cost: 2 (2 reach + 1)^2 multiplications a pixel instead of (2 reach + 1)^4; 0.1 s for
/// 226 x 226 pixels and reach 15 on one core.
KernelEquations kernel_equations(const TrainingPair& pair, const std::vector<Region>& tiles, std::int64_t reach);

}  // namespace firstframe
