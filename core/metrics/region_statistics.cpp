#include "core/metrics/region_statistics.h"

#include <numeric>

namespace firstframe {

RegionStatistics region_statistics(const std::vector<double>& values) {
  const auto count = static_cast<double>(values.size());
  RegionStatistics found;
  found.mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
  for (const double value : values) found.variance += (value - found.mean) * (value - found.mean) / count;
  return found;
}

}  // namespace firstframe
