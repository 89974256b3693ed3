#include "elements/gst/latency_meter.h"

#include <algorithm>
#include <cmath>

namespace firstframe {

void LatencyMeter::add(std::uint64_t nanoseconds) {
  ring_[count_++ % kRemembered] = nanoseconds;
  longest_ = std::max(longest_, nanoseconds);
}

std::uint64_t LatencyMeter::quantile(double share) const {
  const auto remembered = std::min(count_, kRemembered);
  if (remembered == 0) return 0;
  auto sorted = ring_;
  const auto place = static_cast<std::size_t>(std::ceil(share * static_cast<double>(remembered)));
  const auto wanted = sorted.begin() + static_cast<std::ptrdiff_t>(std::clamp<std::size_t>(place, 1, remembered) - 1);
  std::nth_element(sorted.begin(), wanted, sorted.begin() + static_cast<std::ptrdiff_t>(remembered));
  return *wanted;
}

}  // namespace firstframe
