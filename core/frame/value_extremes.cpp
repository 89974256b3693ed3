#include "core/frame/value_extremes.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace firstframe {
namespace {

template <typename T>
ValueRange extremes(const Section& section) {
  const T* const values = section.samples<T>();
  ValueRange found{std::numeric_limits<double>::max(), std::numeric_limits<double>::lowest()};
  for (std::int64_t i = 0; i < section.channels() * section.extent().area(); ++i) {
    const auto value = static_cast<double>(values[i]);
    if (!std::isfinite(value)) continue;
    found.low = std::min(found.low, value);
    found.high = std::max(found.high, value);
  }
  return found;
}

}  // namespace

ValueRange value_extremes(const Section& section) {
  if (section.type() == SampleType::uint8) return extremes<std::uint8_t>(section);
  if (section.type() == SampleType::uint16) return extremes<std::uint16_t>(section);
  return extremes<float>(section);
}

}  // namespace firstframe
