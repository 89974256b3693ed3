#include "pipelines/cli/wedge_figures.h"

#include <algorithm>
#include <memory>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/restorers/classical/classical.h"
#include "io/model/model_file.h"
#include "io/seismic/trace_repair.h"
#include "pipelines/cli/interrupt.h"
#include "pipelines/cli/live_traces.h"
#include "pipelines/cli/wavelet_flag.h"
#include "pipelines/sections/volume_work.h"

namespace firstframe {
namespace {

constexpr double kStrength = 2;  // of the section's root mean square

std::shared_ptr<const Restorer> restorer_of(const std::string& name) {
  if (name != "fx") return make_restorer(read_model(name));
  ClassicalSettings fx;
  fx.method = "fx";
  return make_classical(fx);
}

void require_one_section(const ModelInfo& model, const std::string& name) {
  if (model.neighbours > 0)
    throw ArgumentError(text("wedge: ", name, " restores the mean of a section and ", model.neighbours,
                             " beside it, of which a wedge in one section is a part only; use a model that was trained without neighbours"));
  if (model.scale > 1)
    throw ArgumentError(text("wedge: ", name, " is a model of super-resolution, scale ", model.scale, "; use one of scale 1"));
}

}  // namespace

WedgeResult wedge_figures(const WedgeJob& job) {
  const auto restorer = restorer_of(job.restorer);
  require_one_section(restorer->info(), job.restorer);
  VolumeRestore restore;
  restore.input = job.degraded;
  restore.volume = volume_options(job.volume, job.range);
  const VolumeWork work(restorer->info(), restore);
  auto& source = work.source();
  const auto index = source.count() / 2;
  const auto offset = code_of(source.info().stored).offset;
  const auto range = source.read(index).range();
  const auto read = read_traces(source, index);
  const auto live = live_columns({&read});
  if (live.empty()) throw FormatError(text("wedge: section ", index, " of ", job.degraded, ", the middle one, has no live trace"));

  const auto section = columns_of(read.traces, live);
  const auto wavelet = estimate_wavelet(source, job.sample_interval_ms);
  const auto amplitude = kStrength * rms_of(section);
  const auto rows = section.extent.rows, thickest = std::max<std::int64_t>(1, rows / 8);
  const auto event = wedge(section.extent, wavelet, amplitude, (rows - thickest) / 2, thickest);
  // float32, since the wedge is no integer, but in the code and range of the volume's sections.
  const auto figures = check_wedge(section, event, [&](const Traces& traces) {
    auto whole = read.traces;
    put_columns(whole, live, traces);
    for (auto& value : whole.values) value += offset;
    auto degraded = section_of(whole);
    degraded.set_range(range);
    fill_dead_traces(degraded, read.states);
    return columns_of(traces_of(work.restored(*restorer, index, degraded, interrupt_token()).front().view(), offset), live);
  });
  return {figures, amplitude};
}

}  // namespace firstframe
