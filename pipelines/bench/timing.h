#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>

namespace firstframe {

/// How long one piece of work takes, over many runs of it.
struct Timing {
  double median_ms = 0;
  double p99_ms = 0;      // the longest where there are fewer than 100 runs
  std::int64_t runs = 0;  // counted ones

  double per_second() const { return median_ms > 0 ? 1000 / median_ms : 0; }
};

/// Runs `work` once to warm up, then again and again for about `seconds`, at least three times.
/// \throws Cancelled when a stop was requested between two runs, and whatever `work` throws
Timing timed(double seconds, const std::function<void()>& work, const std::stop_token& stop);

}  // namespace firstframe
