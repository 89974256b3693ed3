// Noise attenuation where the truth is known: one annotated section of a cube restores the others.

#include <algorithm>
#include <iterator>

#include "core/base/text.h"
#include "core/registration/neighbour_mean.h"
#include "core/seismic/fx_deconvolution.h"
#include "core/seismic/local_orthogonalization.h"
#include "core/seismic/varied_pair.h"
#include "core/tiling/restore_tiled.h"
#include "pipelines/reproduce/seismic_data.h"
#include "pipelines/reproduce/seismic_tasks.h"
#include "pipelines/seismic/section_panels.h"

namespace firstframe {
namespace {

constexpr std::int64_t kAnnotated = 16;  // the middle one
constexpr const char* kTable = "Noise attenuation, synthetic cube";
constexpr std::int64_t kSteps = 1500, kVariations = 150;

struct Cube {
  std::vector<Traces> degraded, clean;
  std::vector<Section> sections;  // degraded, with a range

  std::vector<std::size_t> scored() const {
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < clean.size(); ++i)
      if (i != static_cast<std::size_t>(kAnnotated)) all.push_back(i);
    return all;
  }
};

Cube read(Lab& lab) {
  Cube cube{read_cube(lab.options().data, "syn3d_30_n.bin", 126, 32, 32), read_cube(lab.options().data, "syn3d_30_c.bin", 126, 32, 32), {}};
  cube.sections = ranged(cube.degraded, full_scale(cube.degraded[kAnnotated]));
  return cube;
}

// Sections of one range, `index` with so many on each side averaged in.
Section seen(const std::vector<Section>& sections, std::int64_t index, std::int64_t each_side) {
  const auto& own = sections[static_cast<std::size_t>(index)];
  if (each_side == 0) return own;
  std::vector<SectionView> beside;
  for (const auto i : sections_beside(index, static_cast<std::int64_t>(sections.size()), each_side))
    beside.push_back(sections[static_cast<std::size_t>(i)].view());
  // Normalised to 0..1 by the range; as numbers of the file again, with that range.
  auto mean = traces_of(neighbour_mean(own.view(), beside).view());
  for (auto& value : mean.values) value = own.range().low + own.range().span() * value;
  auto section = section_of(mean);
  section.set_range(own.range());
  return section;
}

// Means over the scored sections; `restored` gives a section by its number.
template <typename Restored>
ReportRow measured(const std::string& label, const Cube& cube, const Restored& restored) {
  ReportRow row;
  row.table = kTable;
  row.label = label;
  const auto scored = cube.scored();
  const auto count = static_cast<double>(scored.size());
  double worst = 1e9;
  for (const auto i : scored) {
    const auto one = measure_section(restored(i), cube.degraded[i], cube.clean[i], 0.5, {});
    row.figures["SNR, dB"] += *one.figures.restored_snr_db / count;
    row.figures["similarity, 95 %"] += one.figures.similarity_p95 / count;
    row.figures["energy removed, %"] += one.figures.removed_percent / count;
    worst = std::min(worst, *one.figures.restored_snr_db);
  }
  row.figures["least SNR, dB"] = worst;
  return row;
}

// With local orthogonalisation behind what `restored` does, as `restore --orthogonalise` has it.
template <typename Restored>
ReportRow orthogonalised(const ReportRow& row, const Cube& cube, const Restored& restored) {
  auto back = measured(row.label + ", orthogonalised", cube, [&](std::size_t i) { return locally_orthogonal(restored(i), cube.degraded[i]); });
  back.settings = "the row above, with local orthogonalisation behind it";
  return back;
}

// The setting that scores best on the very sections that are scored: more than a user could know.
std::vector<ReportRow> best_fx(const std::string& label, const Cube& cube, std::int64_t each_side, bool quick) {
  std::vector<Traces> inputs;
  for (std::size_t i = 0; i < cube.sections.size(); ++i) inputs.push_back(traces_of(seen(cube.sections, static_cast<std::int64_t>(i), each_side).view()));
  double best_snr = -1e9;
  FxSettings best;
  int tried = 0;
  for (const std::int64_t length : {1, 2, 3, 4, 6})
    for (const std::int64_t traces : {0, 16})
      for (const std::int64_t samples : {16, 24, 32, 48, 0})
        for (const double prewhitening : {0.01, 0.1})
          for (const double highest : {0.5, 0.25, 0.2}) {
            if (quick && tried > 0) continue;
            const FxSettings settings{length, traces, samples, prewhitening, 0, highest};
            double snr = 0;
            for (const auto i : cube.scored()) snr += snr_db(cube.clean[i], fx_deconvolution(inputs[i], settings)) / 31;
            ++tried;
            if (snr <= best_snr) continue;
            best_snr = snr;
            best = settings;
          }
  const auto restored = [&](std::size_t i) { return fx_deconvolution(inputs[i], best); };
  auto row = measured(label, cube, restored);
  row.settings = text("fx-length ", best.filter_length, ", fx-traces ", best.window_traces, ", fx-samples ", best.window_samples,
                      ", fx-prewhitening ", best.prewhitening, ", fx-band ", best.lowest, ":", best.highest);
  row.note = text("the best of ", tried, " settings on the scored sections themselves");
  auto back = orthogonalised(row, cube, restored);
  return {std::move(row), std::move(back)};
}

// The annotated section and what `seen` makes of it.
TrainingPair as_it_is(const Cube& cube, std::int64_t each_side) {
  auto clean = section_of(cube.clean[kAnnotated]);
  clean.set_range(cube.sections[kAnnotated].range());
  return {seen(cube.sections, kAnnotated, each_side), std::move(clean), 2 * each_side, 0, /*is_seismic=*/true};
}

// Variations of the annotated section side by side.
TrainingPair varied(const Cube& cube, std::int64_t each_side, std::int64_t count) {
  auto annotated = as_it_is(cube, 0);
  annotated.neighbours = 2 * each_side;
  return varied_pair(annotated, count);
}

// Trained, and the same model with local orthogonalisation behind it.
std::vector<ReportRow> trained(Lab& lab, const Cube& cube, const TrainingPair& pair, TrainSettings settings, const std::string& label,
                               const std::string& picture) {
  const auto each_side = pair.neighbours / 2;
  const auto restorer = lab.train(pair, settings);
  const auto restored = [&](std::size_t i) {
    return traces_of(restore(*restorer, seen(cube.sections, static_cast<std::int64_t>(i), each_side).view(), {}, lab.options().stop).view());
  };
  auto row = trained_row(*restorer, settings, text("section ", kAnnotated));
  const auto figures = measured(label, cube, restored);
  row.table = figures.table;
  row.label = figures.label;
  row.figures = figures.figures;
  if (!picture.empty()) {
    row.picture = picture;
    const std::size_t shown = 24;
    draw_panels((lab.options().out / "images" / picture).string(),
                panels_of(measure_section(restored(shown), cube.degraded[shown], cube.clean[shown], 0.5, {}), 0), {1500, 1320});
  }
  auto back = orthogonalised(row, cube, restored);
  return {std::move(row), std::move(back)};
}

}  // namespace

std::vector<ReportRow> noise_attenuation_rows(Lab& lab) {
  const auto cube = read(lab);
  std::vector<ReportRow> rows{measured("degraded", cube, [&](std::size_t i) { return cube.degraded[i]; })};
  const auto add = [&](std::vector<ReportRow> more, const std::string& note = {}) {
    more.front().note += note;
    std::move(more.begin(), more.end(), std::back_inserter(rows));
  };
  TrainSettings linear;
  linear.restorer = "linear";
  add(best_fx("f-x deconvolution", cube, 0, lab.options().quick));
  add(best_fx("f-x deconvolution of the mean of 3 sections", cube, 1, lab.options().quick));
  add(trained(lab, cube, as_it_is(cube, 0), linear, "linear", ""));
  add(trained(lab, cube, as_it_is(cube, 2), linear, "linear, mean of 5 sections", ""));
  TrainSettings residual;
  residual.steps = kSteps;
  residual.augment = Augment::none;
  const std::int64_t variations = lab.options().quick ? 2 : kVariations;
  for (const std::int64_t each_side : {0, 1, 2}) {
    const auto label = text("residual, ", each_side == 0 ? "one section" : text("mean of ", 2 * each_side + 1, " sections"), ", varied");
    add(trained(lab, cube, varied(cube, each_side, variations), residual, label, each_side == 1 ? "seismic_noise.png" : ""),
        text("the annotated section in ", variations, " variations"));
  }
  return rows;
}

}  // namespace firstframe
