#pragma once

#include <torch/torch.h>

#include "core/frame/border.h"
#include "core/training/pair.h"

namespace firstframe {

/// The least-squares FIR filter of a pair.
struct LinearFilter {
  torch::Tensor weight;  // [C, C, size, size] float32
  torch::Tensor bias;    // [C]
};

/// Fits size x size weights per input and output channel so that filter(degraded) is as close to clean as a linear
/// filter can be on `part` (normal equations in float64 with a ridge of 1e-6 of their mean diagonal).
///
/// At most `most_pixels` rows-wise evenly spread pixels are used.
/// Cost: pixels * (C size^2)^2; 0.3 s for 512 x 512 pixels and size 15 on two cores.
LinearFilter fit_linear(const TrainingPair& pair, const Region& part, std::int64_t size, Border border,
                        std::int64_t most_pixels = 300'000);

}  // namespace firstframe
