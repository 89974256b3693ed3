#include "io/seismic/amplitudes.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "io/seismic/trace_state.h"

namespace firstframe {
namespace {

constexpr std::int64_t kMostTraces = 4096;
constexpr std::size_t kMostKept = 4 << 20;  // sizes that the part of 99.9 % is taken of
constexpr double kUsual = 0.999;

// Decoded samples as stored values.
void store_values(const SegyLayout& layout, const std::byte* decoded, std::vector<float>& values) {
  const auto code = code_of(*segy_stored_type(layout.format));
  values.resize(static_cast<std::size_t>(layout.samples));
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (code.type == SampleType::uint8) values[i] = static_cast<float>(std::to_integer<int>(decoded[i]) - code.offset);
    if (code.type == SampleType::uint16)
      values[i] = static_cast<float>(reinterpret_cast<const std::uint16_t*>(decoded)[i] - code.offset);
    if (code.type == SampleType::float32) values[i] = reinterpret_cast<const float*>(decoded)[i];
  }
}

}  // namespace

Amplitudes amplitudes_of(const SegyFile& segy) {
  const auto& layout = segy.layout;
  Amplitudes found;
  found.traces = std::min(layout.traces, kMostTraces);
  const auto keep_each = std::max<std::int64_t>(1, found.traces * layout.samples / static_cast<std::int64_t>(kMostKept));
  std::vector<std::byte> trace(static_cast<std::size_t>(layout.trace_bytes()));
  std::vector<std::byte> decoded(static_cast<std::size_t>(4 * layout.samples));
  std::vector<float> values, sizes;
  double squares = 0;
  std::int64_t samples = 0;
  found.lowest = std::numeric_limits<double>::max();
  found.highest = std::numeric_limits<double>::lowest();
  for (std::int64_t i = 0; i < found.traces; ++i) {
    segy.file.read(layout.at(i * layout.traces / found.traces), trace);
    decode_trace(layout.format, layout.big_endian, trace.data() + kTraceHeaderBytes, layout.samples, decoded.data());
    if (state_of(layout, trace.data(), decoded.data()) == TraceState::dead) {
      ++found.dead;
      continue;
    }
    store_values(layout, decoded.data(), values);
    for (const double value : values) {
      if (!std::isfinite(value)) {
        ++found.bad_samples;
        continue;
      }
      found.lowest = std::min(found.lowest, value);
      found.highest = std::max(found.highest, value);
      squares += value * value;
      if (samples++ % keep_each == 0) sizes.push_back(static_cast<float>(std::abs(value)));
    }
  }
  if (samples == 0) return {.traces = found.traces, .dead = found.dead, .bad_samples = found.bad_samples};
  found.rms = std::sqrt(squares / static_cast<double>(samples));
  const auto at = sizes.begin() + static_cast<std::ptrdiff_t>(kUsual * static_cast<double>(sizes.size() - 1));
  std::nth_element(sizes.begin(), at, sizes.end());
  found.usual = *at;
  return found;
}

}  // namespace firstframe
