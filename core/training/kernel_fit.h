#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/degradation/identified.h"
#include "core/training/kernel_equations.h"

namespace firstframe {

/// A kernel, and how well it is known.
struct KernelFit {
  Kernel kernel;
  std::vector<float> error;  // standard error of every tap, were the noise white
  double offset = 0;
  double noise_variance = 0;
  double centroid_down = 0, centroid_across = 0, centroid_error = 0;  // pixels
  std::optional<GaussianBlur> gaussian;  // where the kernel is one, see fit_gaussian
};

/// Solves the normal equations for kernel and offset, and cuts outer rings of taps that the noise alone explains.
///
/// One Cholesky factor L of the centred matrix, with 1e-6 of its mean diagonal added, serves every size: the squared
/// error of the first n taps is degraded_power - sum of the first n (L^-1 right)^2. The size taken is the smallest
/// whose Bayesian information criterion, count log(error) + n log(count), is within 10 of the least. Covariance of
/// the taps: noise variance times the inverse of the matrix.
/// \param smallest_reach  rings that stay whatever they hold
/// Cost: n^3 / 3 for the factor and n^3 for the inverse of those that stay; 0.05 s for 31 x 31 taps.
KernelFit fit_kernel(const KernelEquations& equations, std::int64_t smallest_reach = 0);

}  // namespace firstframe
