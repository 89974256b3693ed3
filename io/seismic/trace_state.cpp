#include "io/seismic/trace_state.h"

#include <algorithm>

namespace firstframe {
namespace {

constexpr std::int64_t kDead = 2;

template <typename Sample>
bool is_all(const std::byte* samples, std::int64_t count, Sample zero) {
  const auto* first = reinterpret_cast<const Sample*>(samples);
  return std::all_of(first, first + count, [&](Sample sample) { return sample == zero; });
}

bool is_zero(const SegyLayout& layout, const std::byte* decoded) {
  const auto code = code_of(*segy_stored_type(layout.format));
  switch (code.type) {
    case SampleType::uint8: return is_all(decoded, layout.samples, static_cast<std::uint8_t>(code.offset));
    case SampleType::uint16: return is_all(decoded, layout.samples, static_cast<std::uint16_t>(code.offset));
    case SampleType::float32: return is_all(decoded, layout.samples, 0.0f);
  }
  return false;
}

}  // namespace

TraceState state_of(const SegyLayout& layout, const std::byte* trace, const std::byte* decoded) {
  const bool is_marked = trace_field({trace, kTraceHeaderBytes}, trace_byte::kTraceId, layout.big_endian) == kDead;
  return is_marked || is_zero(layout, decoded) ? TraceState::dead : TraceState::live;
}

}  // namespace firstframe
