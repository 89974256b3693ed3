#include "pipelines/bench/scaling.h"

#include <algorithm>
#include <memory>

#include "core/base/text.h"
#include "core/base/thread_budget.h"
#include "core/tiling/restore_tiled.h"
#include "pipelines/bench/bench_frame.h"
#include "pipelines/bench/resident_memory.h"

namespace firstframe {
namespace {

constexpr std::int64_t kSide = 512;  // pixels, where pixels are not what varies

struct Measured {
  Timing timing;
  double memory_mib = 0;  // without the frame and what becomes of it
};

Measured restored_in(const Restorer& restorer, const Section& frame, std::int64_t frames, int threads, const BenchOptions& options) {
  RestoreSettings settings;
  settings.threads = threads;
  const double before = (forget_peak_memory(), peak_memory_mib());
  const auto work = [&] {
    for (std::int64_t i = 0; i < frames; ++i) restore(restorer, frame.view(), settings, options.stop);
  };
  const auto timing = timed(options.seconds, work, options.stop);
  const double result_mib = static_cast<double>(frame.size_in_bytes()) / (1 << 20);
  return {timing, std::max(0.0, peak_memory_mib() - before - result_mib)};
}

}  // namespace

std::vector<ScalingRow> measure_scaling(const Model& model, std::int64_t largest, const BenchOptions& options) {
  const auto restorer = make_restorer(model, options.device, Precision::automatic);
  std::vector<ScalingRow> rows;
  const auto add = [&](const std::string& what, double count, const Measured& measured, double ratio) {
    rows.push_back({what, model.info.restorer, count, measured.timing.median_ms, ratio, measured.memory_mib});
    options.say(text(what, " ", count, ": ", measured.timing.median_ms, " ms, ratio ", ratio, ", ", measured.memory_mib, " MiB"));
  };

  double first = 0;
  for (std::int64_t side = 256; side <= largest; side *= 2) {
    const auto frame = bench_frame({side, side}, bench_blur(), 1);
    const auto measured = restored_in(*restorer, frame.degraded, 1, options.threads, options);
    const double per_pixel = measured.timing.median_ms / static_cast<double>(side * side);
    if (first == 0) first = per_pixel;
    add("pixels", static_cast<double>(side * side), measured, per_pixel / first);
  }
  const auto frame = bench_frame({kSide, kSide}, bench_blur(), 1);
  const int all = thread_budget(options.threads);
  double alone_ms = 0;
  for (int threads = 1; threads <= all; threads = threads < all ? std::min(all, 2 * threads) : all + 1) {
    const auto measured = restored_in(*restorer, frame.degraded, 4, threads, options);
    if (threads == 1) alone_ms = measured.timing.median_ms;
    add("threads", threads, measured, alone_ms / measured.timing.median_ms);
  }
  double one_ms = 0;
  for (const std::int64_t frames : {1, 10, 100}) {
    const auto measured = restored_in(*restorer, frame.degraded, frames, options.threads, options);
    if (frames == 1) one_ms = measured.timing.median_ms;
    add("frames", static_cast<double>(frames), measured, measured.timing.median_ms / static_cast<double>(frames) / one_ms);
  }
  return rows;
}

}  // namespace firstframe
