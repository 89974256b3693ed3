#include "core/engine/peak.h"

#include <algorithm>
#include <chrono>

namespace firstframe {

double peak_gflops(const RowKernels& kernels) {
  using Clock = std::chrono::steady_clock;
  constexpr std::int64_t kRounds = 40'000, kRuns = 15;
  const auto operations = 2.0 * 8 * kRounds * kPeakSums * kLane * static_cast<double>(kernels.channels_per_word());
  float sums[kPeakSums * kLane] = {};
  double best = 0;
  for (std::int64_t run = 0; run < kRuns; ++run) {
    const auto begin = Clock::now();
    kernels.multiply(kRounds, sums);
    best = std::max(best, operations / std::chrono::duration<double>(Clock::now() - begin).count() * 1e-9);
  }
  return best;
}

}  // namespace firstframe
