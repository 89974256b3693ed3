#include "pipelines/bench/bench_models.h"

#include "core/base/text.h"
#include "core/base/thread_budget.h"
#include "core/metrics/psnr.h"
#include "core/tiling/restore_tiled.h"
#include "core/training/trainer.h"
#include "pipelines/bench/bench_frame.h"
#include "pipelines/bench/operations.h"
#include "pipelines/bench/resident_memory.h"

namespace firstframe {

Model bench_model(const std::string& restorer, const Degradation& degradation, const BenchOptions& options) {
  constexpr std::uint64_t kTrainingScene = 100;  // frames are drawn with other seeds
  auto frame = bench_frame({256, 256}, degradation, kTrainingScene);
  TrainSettings settings;
  settings.restorer = restorer;
  settings.seconds = options.train_seconds;
  settings.threads = options.threads;
  settings.device = options.device;
  return train({std::move(frame.degraded), std::move(frame.clean)}, settings, {}, options.stop)->model();
}

RestoreRow restore_row(const Model& model, const Section& degraded, const Section& clean, Precision precision,
                       const RestoreSettings& settings, const MachinePeak& peak, const BenchOptions& options) {
  const auto restorer = make_restorer(model, options.device, precision);
  RestoreRow row;
  row.restorer = model.info.restorer;
  row.settings = settings.stride > 0 ? text("stride ", settings.stride) : "";
  row.precision = name_of(precision);
  row.device = restorer->is_parallel() ? "cpu" : "cuda";
  row.extent = degraded.extent();
  row.threads = thread_budget(settings.threads);

  const double before = (forget_peak_memory(), peak_memory_mib());
  Section restored;
  row.timing = timed(options.seconds, [&] { restored = restore(*restorer, degraded.view(), settings, options.stop); }, options.stop);
  row.memory_mib = peak_memory_mib() - before;

  const auto pixels = static_cast<double>(row.extent.area());
  row.operations = operations_per_pixel(model.info, settings) * pixels;
  const double gflops = precision == Precision::bf16 ? peak.bf16_gflops : peak.f32_gflops;
  if (gflops > 0) row.of_peak = row.operations * row.timing.per_second() * 1e-9 / gflops;
  const double bytes = 2 * static_cast<double>(degraded.size_in_bytes());
  if (peak.copy_gb_s > 0) row.of_copy = bytes * row.timing.per_second() * 1e-9 / peak.copy_gb_s;
  if (!clean.empty()) row.psnr = psnr(restored.view(), clean.view());
  return row;
}

}  // namespace firstframe
