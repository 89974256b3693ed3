#pragma once

#include <cmath>
#include <limits>

#include "core/metrics/region_statistics.h"

namespace firstframe {

/// Equivalent number of looks, mean^2 / variance of a homogeneous region: what number of independent speckle patterns
/// the picture is as smooth as the mean of. Defined on linear intensity only: a single look of fully developed speckle
/// has 1. Smoothing alone raises it. Infinite for a constant region.
/// Source: J. W. Goodman, "Speckle Phenomena in Optics", 2007, chapters 3 and 4.
inline double equivalent_looks(const RegionStatistics& linear) {
  return linear.variance > 0 ? linear.mean * linear.mean / linear.variance : std::numeric_limits<double>::infinity();
}

/// Standard deviation / mean of a homogeneous region, on linear intensity: 1 for fully developed speckle.
inline double speckle_contrast(const RegionStatistics& linear) { return std::sqrt(linear.variance) / linear.mean; }

}  // namespace firstframe
