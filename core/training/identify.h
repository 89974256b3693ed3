#pragma once

#include <torch/torch.h>

#include "core/frame/border.h"
#include "core/training/pair.h"

namespace firstframe {

/// A degradation read off a pair: degraded = kernel * clean + offset + white noise.
struct IdentifiedDegradation {
  torch::Tensor kernel;             // [1, 1, size, size] float32, size odd; taps below the noise are cut away
  double offset = 0;                // normalised
  double noise_sigma = 0;           // normalised
  double explained = 0;             // part of the clean-to-degraded change that kernel and offset predict, 0..1
  double noise_correlation = 0;     // largest correlation of the rest between neighbouring pixels, -1..1
  double noise_slope = 0;           // how much the rest's standard deviation varies with brightness, (max - min) / mean

  /// Whether fresh degradations like it can stand for the given one: what it leaves unexplained is white noise of one
  /// strength, so nothing but the kernel ties degraded to clean.
  bool explains_the_pair() const;
};

/// Fits kernel and offset by least squares on `part` of a 1-channel pair and studies what is left.
///
/// Cost: one fit_linear of 25 x 25 taps, about 0.5 s on two cores.
IdentifiedDegradation identify_degradation(const TrainingPair& pair, const Region& part, Border border);

}  // namespace firstframe
