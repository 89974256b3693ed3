#pragma once

#include "core/degradation/kernel.h"

namespace firstframe {

/// The part of a degradation that no kernel explains.
struct IdentifiedNoise {
  double sigma = 0;        // standard deviation, normalised
  double correlation = 0;  // the larger of those between neighbouring pixels, down and across, -1..1
  double slope = 0;        // how much the standard deviation varies with brightness, (max - min) / mean
};

/// A degradation read off a pair: degraded = kernel * clean + offset + noise.
struct IdentifiedDegradation {
  Kernel kernel;
  double offset = 0;     // normalised
  IdentifiedNoise noise;
  double explained = 0;  // part of the clean-to-degraded change that kernel and offset predict, 0..1

  /// Whether fresh degradations like it can stand for the given one: what it leaves unexplained is white noise of one
  /// strength, so nothing but the kernel ties degraded to clean.
  bool explains_the_pair() const;
};

}  // namespace firstframe
