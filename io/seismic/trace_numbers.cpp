#include <algorithm>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/seismic/trace_grid.h"
#include "io/seismic/trace_lengths.h"

namespace firstframe {
namespace {

constexpr std::int64_t kShortTrace = 2048;  // bytes; shorter traces are read whole, which costs less than a call for each
constexpr std::int64_t kChunk = std::int64_t{1} << 20;
constexpr std::int64_t kDead = 2;

}  // namespace

TraceNumbers read_trace_numbers(const FileReader& file, const SegyLayout& layout, const SegyOptions& options) {
  for (const auto byte : {options.inline_byte, options.crossline_byte, options.gather_byte})
    if (byte < 1 || byte + trace_field_width(byte) - 1 > kTraceHeaderBytes)
      throw ArgumentError(text("byte ", byte, " of the trace header holds no number; use 1..", kTraceHeaderBytes - 3));
  TraceNumbers numbers;
  const auto count = static_cast<std::size_t>(layout.traces);
  numbers.inlines.reserve(count);
  numbers.crosslines.reserve(count);
  numbers.gathers.reserve(count);
  const auto take = [&](std::span<const std::byte> header) {
    const auto field = [&](int byte) { return static_cast<std::int32_t>(trace_field(header, byte, layout.big_endian)); };
    numbers.inlines.push_back(field(options.inline_byte));
    numbers.crosslines.push_back(field(options.crossline_byte));
    numbers.gathers.push_back(field(options.gather_byte));
    numbers.marked_dead += field(trace_byte::kTraceId) == kDead;
    const auto samples = count_at(header, trace_byte::kSamples, layout.big_endian);
    if (samples == 0) return;
    numbers.shortest = numbers.shortest == 0 ? samples : std::min(numbers.shortest, samples);
    numbers.longest = std::max(numbers.longest, samples);
  };

  const auto bytes = layout.trace_bytes();
  const auto at_once = bytes <= kShortTrace ? kChunk / bytes : 1;
  std::vector<std::byte> chunk(static_cast<std::size_t>((at_once - 1) * bytes + kTraceHeaderBytes));
  for (std::int64_t trace = 0; trace < layout.traces; trace += at_once) {
    const auto here = std::min(at_once, layout.traces - trace);
    const auto read = std::span(chunk).first(static_cast<std::size_t>((here - 1) * bytes + kTraceHeaderBytes));
    file.read(layout.at(trace), read);
    for (std::int64_t i = 0; i < here; ++i) take(read.subspan(static_cast<std::size_t>(i * bytes), kTraceHeaderBytes));
  }
  if (numbers.shortest != numbers.longest)
    if (const auto varying = varying_lengths(file, layout)) throw FormatError(text(file.path().string(), ": ", *varying));
  return numbers;
}

}  // namespace firstframe
