#include "io/seismic/trace_repair.h"

#include <bit>
#include <cmath>
#include <type_traits>

namespace firstframe {
namespace {

// Where a column is filled from: the nearest live ones, and the weight of the right one.
struct Between {
  std::int64_t column, left, right;
  double weight;
};

std::vector<Between> places_to_fill(const std::vector<TraceState>& states) {
  const auto count = static_cast<std::int64_t>(states.size());
  const auto is_live = [&](std::int64_t column) { return states[static_cast<std::size_t>(column)] == TraceState::live; };
  std::vector<std::int64_t> next(states.size() + 1, -1);
  for (std::int64_t column = count - 1; column >= 0; --column)
    next[static_cast<std::size_t>(column)] = is_live(column) ? column : next[static_cast<std::size_t>(column) + 1];
  std::vector<Between> places;
  std::int64_t left = -1;
  for (std::int64_t column = 0; column < count; ++column) {
    if (is_live(column)) {
      left = column;
      continue;
    }
    const auto right = next[static_cast<std::size_t>(column)];
    if (left < 0 && right < 0) continue;
    if (left < 0 || right < 0)
      places.push_back({column, left < 0 ? right : left, left < 0 ? right : left, 0});
    else
      places.push_back({column, left, right, static_cast<double>(column - left) / static_cast<double>(right - left)});
  }
  return places;
}

template <typename Sample>
void fill(Section& section, const std::vector<Between>& places) {
  const auto [rows, cols] = section.extent();
  auto* samples = section.samples<Sample>();
  for (std::int64_t row = 0; row < rows; ++row, samples += cols)
    for (const auto& [column, left, right, weight] : places) {
      const double value = (1 - weight) * samples[left] + weight * samples[right];
      samples[column] = static_cast<Sample>(std::is_integral_v<Sample> ? std::round(value) : value);
    }
}

}  // namespace

void fill_dead_traces(Section& section, const std::vector<TraceState>& states) {
  const auto places = places_to_fill(states);
  if (places.empty()) return;
  switch (section.type()) {
    case SampleType::uint8: return fill<std::uint8_t>(section, places);
    case SampleType::uint16: return fill<std::uint16_t>(section, places);
    case SampleType::float32: return fill<float>(section, places);
  }
}

bool is_finite(const float* trace, std::int64_t samples) {
  constexpr std::uint32_t kExponent = 0x7f800000;
  std::uint32_t is_bad = 0;
  for (std::int64_t i = 0; i < samples; ++i) is_bad |= (std::bit_cast<std::uint32_t>(trace[i]) & kExponent) == kExponent;
  return is_bad == 0;
}

std::vector<std::int64_t> replace_non_finite(float* trace, std::int64_t samples) {
  if (is_finite(trace, samples)) return {};
  std::vector<std::int64_t> replaced;
  for (std::int64_t i = 0; i < samples; ++i)
    if (!std::isfinite(trace[i])) replaced.push_back(i);
  for (std::size_t i = 0; i < replaced.size();) {
    auto end = i + 1;
    while (end < replaced.size() && replaced[end] == replaced[end - 1] + 1) ++end;
    const auto before = replaced[i] - 1, after = replaced[end - 1] + 1;
    const bool has_before = before >= 0, has_after = after < samples;
    for (; i < end; ++i) {
      const auto weight = static_cast<float>(replaced[i] - before) / static_cast<float>(after - before);
      trace[replaced[i]] = has_before && has_after ? (1 - weight) * trace[before] + weight * trace[after]
                           : has_before            ? trace[before]
                           : has_after             ? trace[after]
                                                   : 0;
    }
  }
  return replaced;
}

}  // namespace firstframe
