#include "pipelines/bench/stride_curve.h"

#include "core/base/text.h"
#include "pipelines/bench/bench_frame.h"
#include "pipelines/bench/bench_models.h"

namespace firstframe {

std::vector<RestoreRow> measure_strides(const Model& model, Extent extent, const MachinePeak& peak, const BenchOptions& options) {
  const auto patch = model.info.shape.find("patch");
  if (patch == model.info.shape.end()) return {};
  const auto frame = bench_frame(extent, bench_blur(), 1);
  std::vector<RestoreRow> rows;
  for (const std::int64_t stride : {1, 2, 3, 4, 5, 6, 8, 10, 12, 15}) {
    if (stride > patch->second) break;
    for (const auto window : {Window::constant, Window::hann, Window::gaussian}) {
      RestoreSettings settings;
      settings.threads = options.threads;
      settings.device = options.device;
      settings.stride = stride;
      settings.window = window;
      rows.push_back(restore_row(model, frame.degraded, frame.clean, Precision::automatic, settings, peak, options));
      rows.back().settings = text("stride ", stride, ", ", name_of(window));
      options.say(text(model.info.restorer, " ", rows.back().settings, ": ", rows.back().timing.median_ms, " ms, ", rows.back().psnr.value_or(0), " dB"));
    }
  }
  return rows;
}

}  // namespace firstframe
