// Field lines without truth: is less signal removed than by f-x deconvolution?

#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/seismic/fx_deconvolution.h"
#include "core/seismic/local_orthogonalization.h"
#include "core/seismic/mute.h"
#include "core/seismic/silent_restore.h"
#include "core/seismic/synthetic_section.h"
#include "core/seismic/triangle_smoothing.h"
#include "core/seismic/wedge_check.h"
#include "pipelines/reproduce/seismic_data.h"
#include "pipelines/reproduce/seismic_tasks.h"
#include "pipelines/seismic/section_panels.h"

namespace firstframe {
namespace {

constexpr const char* kOrthogonalised = ", orthogonalised";

struct Field {
  std::string words, file;
  bool by_shots = false;
  double snr_db = 15;          // of the noise that is added to the annotated section
  std::int64_t patch = 0;      // 0: the restorer's own
  std::int64_t steps = 2000;
  std::int64_t reach = 24;     // of the wavelet, samples
};

Field field_named(const std::string& name) {
  if (name == "viking") return {"Viking Graben, shot gathers before stack", "viking_small.segy", true, 8, 0, 800, 24};
  if (name == "f3") return {"F3, a crop of 23 inlines of 18 traces", "f3.sgy", false, 3, 12, 800, 9};
  return {"Penobscot, crossline 1155", "penobscot_xl1155.sgy", false, 12, 0, 800, 30};
}

Traces columns_of(const Traces& whole, std::int64_t first, std::int64_t count) {
  Traces part({whole.extent.rows, count});
  for (std::int64_t row = 0; row < part.extent.rows; ++row)
    for (std::int64_t col = 0; col < count; ++col) part.at(row, col) = whole.at(row, first + col);
  return part;
}

// What is trained on and what is scored. A line of one section is cut in two.
struct Split {
  Traces annotated;
  std::vector<Traces> scored;
  std::string words;
};

Split split(std::vector<Traces> sections) {
  if (sections.size() > 1) return {sections.front(), {sections.begin() + 1, sections.end()}, "the first section"};
  const auto half = sections.front().extent.cols / 2;
  return {columns_of(sections.front(), 0, half), {columns_of(sections.front(), half, sections.front().extent.cols - half)},
          "the left half of the traces"};
}

// Noise of the line's own spectrum that is as strong, against the section around it, everywhere: recordings fade with time.
Traces with_noise(const Traces& clean, const Wavelet& wavelet, double snr_db) {
  auto level = clean;
  for (auto& value : level.values) value *= value;
  smooth_with_triangles(level, std::max<std::int64_t>(1, clean.extent.rows / 8), std::max<std::int64_t>(1, clean.extent.cols / 8));
  auto noise = draw_noise(clean.extent, 1, &wavelet, 1);
  for (std::size_t i = 0; i < noise.values.size(); ++i) noise.values[i] *= std::sqrt(std::max(0.0, level.values[i]));
  const double scale = rms_of(clean) / rms_of(noise) * std::pow(10, -snr_db / 20);
  auto degraded = clean;
  for (std::size_t i = 0; i < noise.values.size(); ++i) degraded.values[i] += scale * noise.values[i];
  return degraded;
}

// As `restore` leaves a section of SEG-Y.
Traces muted(const Traces& restored, const Traces& degraded) {
  auto section = section_of(restored);
  keep_mutes(section_of(degraded).view(), 0, section);
  return traces_of(section.view());
}

// As `restore --orthogonalise` does.
template <typename Restored>
auto orthogonalised(const Restored& restored) {
  return [&restored](const Traces& section) { return locally_orthogonal(restored(section), section); };
}

template <typename Restored>
ReportRow measured(const std::string& label, const Field& field, const Split& data, const Wavelet& wavelet, const Restored& restored) {
  ReportRow row;
  row.table = field.words;
  row.label = label;
  const auto count = static_cast<double>(data.scored.size());
  for (const auto& section : data.scored) {
    const auto one = measure_section(restored(section), section, std::nullopt, 0.5, {});
    row.figures["similarity, 95 %"] += one.figures.similarity_p95 / count;
    row.figures["similarity, median"] += one.figures.similarity_median / count;
    row.figures["energy removed, %"] += one.figures.removed_percent / count;
  }
  const auto& section = data.scored[data.scored.size() / 2];
  const auto rows = section.extent.rows, thickest = std::max<std::int64_t>(1, rows / 8);
  const auto event = wedge(section.extent, wavelet, 2 * rms_of(section), (rows - thickest) / 2, thickest);
  const auto check = check_wedge(section, event, restored);
  row.figures["wedge gain error, %"] = check.gain_error_percent;
  row.figures["wedge misfit, %"] = check.misfit_percent;
  return row;
}

}  // namespace

std::vector<ReportRow> field_rows(Lab& lab, const std::string& line) {
  const auto field = field_named(line);
  auto all = read_line(lab.options().data, field.file, field.by_shots);
  const double interval_ms = all.sample_interval_ms;
  const auto data = split(std::move(all.sections));
  const auto wavelet = estimate_wavelet(data.annotated, interval_ms, field.reach);
  std::vector<ReportRow> rows;
  for (const std::int64_t traces : {24, 0}) {
    FxSettings fx;
    fx.window_traces = traces;
    const auto restored = [&](const Traces& section) { return muted(fx_deconvolution(section, fx), section); };
    const std::string label = traces == 0 ? "f-x deconvolution, whole width" : "f-x deconvolution";
    const auto settings = text("fx-length ", fx.filter_length, ", fx-traces ", fx.window_traces, ", fx-samples ", fx.window_samples,
                               ", fx-prewhitening ", fx.prewhitening);
    rows.push_back(measured(label, field, data, wavelet, restored));
    rows.back().settings = settings;
    if (traces == 0) continue;
    rows.push_back(measured(label + kOrthogonalised, field, data, wavelet, orthogonalised(restored)));
    rows.back().settings = "the row above, with local orthogonalisation behind it";
  }

  TrainSettings settings;
  settings.steps = field.steps;
  settings.augment = Augment::none;
  settings.patch = field.patch;
  const double full = full_scale(data.annotated);
  const auto restorer = lab.train({ranged({with_noise(data.annotated, wavelet, field.snr_db)}, full).front(), ranged({data.annotated}, full).front(), 0, 0, /*is_seismic=*/true}, settings);
  SilentRestore silent;
  const auto restored = [&](const Traces& section) {
    return muted(traces_of(silent.run(*restorer, ranged({section}, full).front(), 0, {}, lab.options().stop).view()), section);
  };
  auto row = trained_row(*restorer, settings, data.words + " with noise added");
  const auto figures = measured("residual", field, data, wavelet, restored);
  row.table = figures.table;
  row.label = figures.label;
  row.figures = figures.figures;
  row.note = text("the annotation: the field section itself is taken as clean, and noise of its own spectrum at ", field.snr_db, " dB below it is added");
  row.picture = "seismic_" + line + ".png";
  const auto& shown = data.scored[data.scored.size() / 2];
  draw_panels((lab.options().out / "images" / row.picture).string(), panels_of(measure_section(restored(shown), shown, std::nullopt, 0.5, {}), interval_ms),
              {1500, 1320});
  rows.push_back(std::move(row));

  const auto signal_back = orthogonalised(restored);
  rows.push_back(measured(std::string("residual") + kOrthogonalised, field, data, wavelet, signal_back));
  rows.back().settings = "the row above, with local orthogonalisation behind it";
  if (line != "penobscot") return rows;
  rows.back().picture = "seismic_penobscot_orthogonalised.png";
  draw_panels((lab.options().out / "images" / rows.back().picture).string(),
              panels_of(measure_section(signal_back(shown), shown, std::nullopt, 0.5, {}), interval_ms), {1500, 1320});
  return rows;
}

}  // namespace firstframe
