#pragma once

#include <torch/torch.h>

#include "core/training/kernel_equations.h"

namespace firstframe {

/// Kernel equations with the means taken off, so that the offset is no unknown any more. All double.
struct CentredEquations {
  torch::Tensor matrix;  // [taps, taps]
  torch::Tensor right;   // [taps]
  torch::Tensor means;   // [taps], of the clean values that a tap meets
  double power = 0;      // squared error of no kernel at all

  /// What `taps`, in the order of taps_by_ring, leave of the degraded picture: the summed square.
  double squared_error(const torch::Tensor& taps) const {
    return power - 2 * right.dot(taps).item<double>() + taps.dot(matrix.mv(taps)).item<double>();
  }
};

CentredEquations centred_equations(const KernelEquations& equations);

}  // namespace firstframe
