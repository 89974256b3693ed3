#include <tbb/blocked_range.h>
#include <tbb/parallel_reduce.h>

#include <algorithm>
#include <limits>
#include <span>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/base/thread_arena.h"
#include "core/base/thread_budget.h"
#include "io/seismic/trace_grid.h"
#include "io/seismic/trace_lengths.h"

namespace firstframe {
namespace {

constexpr std::int64_t kShortTrace = 2048;  // bytes; shorter traces are read whole, which costs less than a call for each
constexpr std::int64_t kChunk = std::int64_t{1} << 20;
constexpr std::int64_t kTracesATask = 4096;
constexpr std::int64_t kDead = 2;

// What is not kept of every trace.
struct Seen {
  std::int64_t marked_dead = 0;
  std::int64_t shortest = std::numeric_limits<std::int64_t>::max(), longest = 0;  // of those that say one

  void take(std::int64_t samples) {
    if (samples == 0) return;
    shortest = std::min(shortest, samples);
    longest = std::max(longest, samples);
  }
  static Seen both(const Seen& a, const Seen& b) {
    return {a.marked_dead + b.marked_dead, std::min(a.shortest, b.shortest), std::max(a.longest, b.longest)};
  }
};

class HeaderPass {
 public:
  HeaderPass(const FileReader& file, const SegyLayout& layout, const SegyOptions& options, TraceNumbers& numbers)
      : file_(file), layout_(layout), options_(options), numbers_(numbers) {}

  Seen read(std::int64_t first, std::int64_t end, Seen seen) const {
    const auto bytes = layout_.trace_bytes();
    const auto at_once = bytes <= kShortTrace ? kChunk / bytes : 1;
    std::vector<std::byte> chunk(static_cast<std::size_t>((std::min(at_once, end - first) - 1) * bytes + kTraceHeaderBytes));
    for (auto trace = first; trace < end; trace += at_once) {
      const auto here = std::min(at_once, end - trace);
      const auto read = std::span(chunk).first(static_cast<std::size_t>((here - 1) * bytes + kTraceHeaderBytes));
      file_.read(layout_.at(trace), read);
      for (std::int64_t i = 0; i < here; ++i)
        take(trace + i, read.subspan(static_cast<std::size_t>(i * bytes), kTraceHeaderBytes), seen);
    }
    return seen;
  }

 private:
  void take(std::int64_t trace, std::span<const std::byte> header, Seen& seen) const {
    const auto field = [&](int byte) { return static_cast<std::int32_t>(trace_field(header, byte, layout_.big_endian)); };
    const auto at = static_cast<std::size_t>(trace);
    numbers_.inlines[at] = field(options_.inline_byte);
    numbers_.crosslines[at] = field(options_.crossline_byte);
    numbers_.gathers[at] = field(options_.gather_byte);
    seen.marked_dead += field(trace_byte::kTraceId) == kDead;
    seen.take(count_at(header, trace_byte::kSamples, layout_.big_endian));
  }

  const FileReader& file_;
  const SegyLayout& layout_;
  const SegyOptions& options_;
  TraceNumbers& numbers_;
};

}  // namespace

TraceNumbers read_trace_numbers(const FileReader& file, const SegyLayout& layout, const SegyOptions& options) {
  for (const auto byte : {options.inline_byte, options.crossline_byte, options.gather_byte})
    if (byte < 1 || byte + trace_field_width(byte) - 1 > kTraceHeaderBytes)
      throw ArgumentError(text("byte ", byte, " of the trace header holds no number; use 1..", kTraceHeaderBytes - 3));
  TraceNumbers numbers;
  const auto count = static_cast<std::size_t>(layout.traces);
  for (auto* of_every_trace : {&numbers.inlines, &numbers.crosslines, &numbers.gathers}) of_every_trace->resize(count);

  // Side by side: a call for each header costs more than the header does, and a disk has several at once.
  const HeaderPass pass(file, layout, options, numbers);
  Seen seen;
  thread_arena(thread_budget(0)).execute([&] {
    seen = tbb::parallel_reduce(
        tbb::blocked_range<std::int64_t>(0, layout.traces, kTracesATask), Seen(),
        [&](const auto& traces, const Seen& before) { return pass.read(traces.begin(), traces.end(), before); }, Seen::both);
  });
  numbers.marked_dead = seen.marked_dead;
  numbers.longest = seen.longest;
  numbers.shortest = seen.longest == 0 ? 0 : seen.shortest;
  if (numbers.shortest != numbers.longest)
    if (const auto varying = varying_lengths(file, layout)) throw FormatError(text(file.path().string(), ": ", *varying));
  return numbers;
}

}  // namespace firstframe
