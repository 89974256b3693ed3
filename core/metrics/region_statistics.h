#pragma once

#include <vector>

namespace firstframe {

/// What the figures of a region of interest are made of.
struct RegionStatistics {
  double mean = 0;
  double variance = 0;  // mean squared distance from the mean
};

/// \param values  at least one
RegionStatistics region_statistics(const std::vector<double>& values);

}  // namespace firstframe
