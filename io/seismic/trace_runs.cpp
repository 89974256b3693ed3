#include "io/seismic/trace_runs.h"

#include <algorithm>

namespace firstframe {
namespace {

constexpr std::int64_t kRunBytes = std::int64_t{512} << 10;  // stays in the cache between the read and its decoding

}  // namespace

std::vector<TraceRun> runs_of(const SegyFile& segy, std::int64_t section) {
  std::vector<PlacedTrace> placed;
  for (std::int64_t column = 0; column < segy.grid.columns; ++column)
    if (const auto trace = segy.grid.trace(section, column); trace >= 0) placed.push_back({trace, column});
  const auto by_trace = [](const PlacedTrace& a, const PlacedTrace& b) { return a.trace < b.trace; };
  if (!std::is_sorted(placed.begin(), placed.end(), by_trace)) std::sort(placed.begin(), placed.end(), by_trace);

  const auto most = std::max<std::int64_t>(1, kRunBytes / segy.layout.trace_bytes());
  std::vector<TraceRun> runs;
  for (const auto& one : placed) {
    const bool goes_on = !runs.empty() && runs.back().traces.back().trace + 1 == one.trace &&
                         static_cast<std::int64_t>(runs.back().traces.size()) < most;
    if (!goes_on) runs.emplace_back();
    runs.back().traces.push_back(one);
  }
  return runs;
}

}  // namespace firstframe
