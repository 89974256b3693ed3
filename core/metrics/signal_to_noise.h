#pragma once

#include <cmath>
#include <limits>

#include "core/metrics/region_statistics.h"

namespace firstframe {

/// Contrast-to-noise ratio of a layer against the background: |difference of the means| / sqrt(mean of the variances).
/// Infinite where both are constant. On the values as they are stored.
/// Source: D. C. Adler, T. H. Ko, J. G. Fujimoto, Optics Letters 29(24), 2004, without its logarithm.
inline double contrast_to_noise(const RegionStatistics& layer, const RegionStatistics& background) {
  return std::abs(layer.mean - background.mean) / std::sqrt((layer.variance + background.variance) / 2);
}

/// Mean-to-standard-deviation ratio of a region, on the values as they are stored; infinite where it is constant.
inline double mean_to_deviation(const RegionStatistics& region) { return region.mean / std::sqrt(region.variance); }

/// Signal-to-noise ratio in dB, 10 log10(largest value^2 / variance of the background), on the values as they are
/// stored; infinite where the background is constant.
inline double signal_to_noise_db(double largest, const RegionStatistics& background) {
  return 10 * std::log10(largest * largest / background.variance);
}

}  // namespace firstframe
