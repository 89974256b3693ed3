#include "pipelines/bench/timing.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <vector>

#include "core/base/error.h"

namespace firstframe {

Timing timed(double seconds, const std::function<void()>& work, const std::stop_token& stop) {
  using Clock = std::chrono::steady_clock;
  constexpr std::size_t kFewest = 3;
  const auto check = [&] {
    if (stop.stop_requested()) throw Cancelled("bench: stopped");
  };
  check();
  work();
  std::vector<double> ms;
  const auto start = Clock::now();
  while (ms.size() < kFewest || std::chrono::duration<double>(Clock::now() - start).count() < seconds) {
    check();
    const auto before = Clock::now();
    work();
    ms.push_back(std::chrono::duration<double, std::milli>(Clock::now() - before).count());
  }
  std::sort(ms.begin(), ms.end());
  const auto last = static_cast<double>(ms.size() - 1);
  const auto at = [&](double part) { return ms[static_cast<std::size_t>(std::lround(part * last))]; };
  return {at(0.5), at(0.99), static_cast<std::int64_t>(ms.size())};
}

}  // namespace firstframe
