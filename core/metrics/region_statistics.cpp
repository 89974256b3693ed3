#include "core/metrics/region_statistics.h"

namespace firstframe {

RegionStatistics region_statistics(const std::vector<double>& values) {
  const auto count = static_cast<double>(values.size());
  RegionStatistics found;
  // From the first value on, so that a constant has no variance by rounding.
  for (const double value : values) found.mean += (value - values.front()) / count;
  found.mean += values.front();
  for (const double value : values) found.variance += (value - found.mean) * (value - found.mean) / count;
  return found;
}

}  // namespace firstframe
