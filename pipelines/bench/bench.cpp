#include "pipelines/bench/bench.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "core/base/error.h"
#include "core/base/processor.h"
#include "core/base/text.h"
#include "core/base/thread_budget.h"
#include "pipelines/bench/bench_frame.h"
#include "pipelines/bench/bench_models.h"
#include "pipelines/bench/learning_speed.h"
#include "pipelines/bench/peers.h"
#include "pipelines/bench/scaling.h"
#include "pipelines/bench/stride_curve.h"
#include "pipelines/reproduce/machine_line.h"

namespace firstframe {
namespace {

constexpr std::int64_t kLargestSide = 8192;  // pixels
constexpr Extent kPatchFrame{512, 512};

// What of the options can be had here; the rest is named in the report.
std::vector<Precision> precisions_here(const BenchOptions& options, bool on_gpu, std::vector<std::string>& left_out) {
  std::vector<Precision> here;
  for (const auto precision : options.precisions) {
    if (precision == Precision::bf16 && !on_gpu && !processor_has("avx512_bf16") && !processor_has("amx_bf16"))
      left_out.push_back("bf16: this processor does not multiply it in hardware");
    else
      here.push_back(precision);
  }
  return here;
}

void measure_restorers(BenchReport& report, const std::map<std::string, Model>& models, const BenchOptions& options) {
  const auto precisions = precisions_here(options, report.peak.on_gpu, report.left_out);
  for (const auto extent : options.sizes) {
    const auto frame = bench_frame(extent, bench_blur(), 1);
    for (const auto& restorer : options.restorers) {
      for (const auto precision : precisions) {
        if (restorer == "linear" && precision == Precision::bf16) continue;  // which computes in float32 whatever it is asked
        RestoreSettings settings;
        settings.threads = options.threads;
        settings.device = options.device;
        report.restores.push_back(
            restore_row(models.at(restorer), frame.degraded, frame.clean, precision, settings, report.peak, options));
        const auto& row = report.restores.back();
        options.say(text(row.restorer, " ", name_of(extent), " ", row.precision, ": ", row.timing.median_ms, " ms, p99 ", row.timing.p99_ms, ", ",
                         100 * row.of_peak, " % of the peak, ", row.memory_mib, " MiB, ", row.psnr.value_or(0), " dB"));
      }
    }
  }
}

}  // namespace

Extent bench_size(const std::string& name) {
  const std::map<std::string, Extent> known{{"720p", {720, 1280}}, {"1080p", {1080, 1920}}, {"2160p", {2160, 3840}}};
  if (const auto found = known.find(name); found != known.end()) return found->second;
  const auto number = [&](std::string_view part) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
    if (error != std::errc() || end != part.data() + part.size() || value < 16 || value > 16384)
      throw ArgumentError(text("sizes: '", name, "' is not accepted; use ROWSxCOLS of 16..16384 such as 450x900, 720p, 1080p or 2160p"));
    return value;
  };
  const auto cross = name.find('x');
  const std::string_view all = name;
  return cross == std::string::npos ? Extent{number(all), number(all)} : Extent{number(all.substr(0, cross)), number(all.substr(cross + 1))};
}

BenchReport run_bench(const BenchOptions& options) {
  std::map<std::string, Model> models;
  for (const auto& restorer : options.restorers) models.emplace(restorer, bench_model(restorer, bench_blur(), options));
  BenchReport report;
  report.machine = machine_line();
  report.commit = options.commit;
  report.threads = thread_budget(options.threads);
  report.peak = measure_peak(options.device, report.threads, options.stop);
  if (!report.peak.on_gpu) report.left_out.push_back("GPU: LibTorch sees none, or the processor was asked for");
  options.say(text("peak: bf16 ", report.peak.bf16_gflops, " GFLOP/s, float32 ", report.peak.f32_gflops, " GFLOP/s, copy ",
                   report.peak.copy_gb_s, " GB/s"));
  measure_restorers(report, models, options);
  if (options.peers) {
    report.peers = measure_denoisers(options);
    for (const auto& restorer : options.restorers) {
      if (restorer == "linear") continue;
      const auto rows = measure_python(models.at(restorer), options);
      report.peers.insert(report.peers.end(), rows.begin(), rows.end());
    }
  }
  if (options.scaling)
    for (const auto& [name, model] : models) {
      const auto rows = measure_strides(model, kPatchFrame, report.peak, options);
      report.strides.insert(report.strides.end(), rows.begin(), rows.end());
    }
  if (options.scaling && !options.restorers.empty())
    report.scaling = measure_scaling(models.at(options.restorers.front()), kLargestSide, options);
  if (options.data.empty())
    report.left_out.push_back("seconds of training until a PSNR: needs --data with the pictures of Set11");
  else
    report.learning = measure_learning(options);
  return report;
}

}  // namespace firstframe
