// Volumes of which one section is annotated: does every other section gain?

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "core/base/text.h"
#include "core/frame/value_extremes.h"
#include "core/restorers/classical/classical.h"
#include "io/volume/section_source.h"
#include "pipelines/report/plot.h"
#include "pipelines/reproduce/experiment.h"
#include "pipelines/reproduce/scored_row.h"

namespace firstframe {
namespace {

constexpr double kNoise = 20;  // 8-bit units: 255 is the clean volume's lowest to highest value
constexpr double kSeconds = 30;

struct Case {
  std::string task, file, words;
};

// White noise stands in for what a scanner adds: the truth is then known.
struct NoisyVolume {
  std::int64_t annotated = 0;
  std::vector<TestPicture> sections;  // 0..1
};

// The whole volume's range, so that every section is scored against the same peak.
ValueRange range_of(SectionSource& source) {
  auto all = value_extremes(source.read(0));
  for (std::int64_t i = 1; i < source.count(); ++i) {
    const auto one = value_extremes(source.read(i));
    all = {std::min(all.low, one.low), std::max(all.high, one.high)};
  }
  return all;
}

NoisyVolume read_noisy(Lab& lab, const std::string& file) {
  const auto source = open_volume(lab.options().data / "volume" / file);
  const auto range = range_of(*source);
  NoisyVolume volume{source->count() / 2, {}};
  for (std::int64_t i = 0; i < source->count(); ++i) {
    if (lab.options().quick && std::abs(i - volume.annotated) > 1) continue;
    auto section = source->read(i);
    section.set_range(range);
    Degradation degradation;
    degradation.noise_sigma = kNoise;
    const CleanPicture clean{text("section ", i), degrade(section.view(), {}), static_cast<std::uint64_t>(i + 1)};
    volume.sections.push_back(test_picture(clean, degradation));
  }
  if (lab.options().quick) volume.annotated = 1;
  return volume;
}

Series gains(const std::string& label, const ReportRow& row) {
  Series series{.label = label, .x = {}, .y = {}};
  for (const auto& score : row.scores) {
    series.x.push_back(std::stod(score.picture.substr(std::string("section ").size())));
    series.y.push_back(score.gain_db());
  }
  return series;
}

std::shared_ptr<const Restorer> non_local_means() {
  ClassicalSettings settings;
  settings.method = "nlm";
  settings.noise_sigma = kNoise;
  return make_classical(settings);
}

std::vector<ReportRow> rows_of_volume(Lab& lab, const Case& one) {
  const auto volume = read_noisy(lab, one.file);
  const auto& annotated = volume.sections[static_cast<std::size_t>(volume.annotated)];
  TestSet others{one.words, {}};
  for (const auto& section : volume.sections)
    if (section.name != annotated.name) others.pictures.push_back(section);

  std::vector<ReportRow> rows{input_row("noisy", others)};
  Plot plot{.title = one.words, .x_label = "section", .y_label = "gain, dB"};
  ReportRow classical;
  classical.label = "non-local means, told the noise";
  rows.push_back(scored_row(classical, *non_local_means(), others, lab.options().stop));
  plot.series.push_back(gains("non-local means", rows.back()));
  for (const std::string restorer : {"linear", "residual"}) {
    const auto settings = matched_settings(restorer, kSeconds);
    const auto trained = lab.train(pair_of(annotated), settings);
    auto row = trained_row(*trained, settings, annotated.name);
    row.label = lab.label(restorer, kSeconds);
    rows.push_back(scored_row(row, *trained, others, lab.options().stop));
    plot.series.push_back(gains(restorer, rows.back()));
  }
  rows.back().picture = "volumes_" + one.task + ".png";
  draw_panels((lab.options().out / "images" / rows.back().picture).string(), {plot}, {900, 420});
  return rows;
}

}  // namespace

Plan plan_volumes(Lab& lab) {
  Plan plan;
  plan.report.title = "Volumes with one annotated section";
  plan.report.text = text(
      "A head MR (proton density, `chris_PD.nii.gz`) and a CT of a lung (`3DCT_lung.mha`) with white noise of ", kNoise,
      " (255 being the volume's lowest to highest value), new in every section. The middle section is annotated; every other one "
      "is scored, against the volume's range. The plots show what each section gains.");
  for (const auto& one : {Case{"head", "chris_PD.nii.gz", "head MR"}, Case{"lung", "3DCT_lung.mha", "lung CT"}})
    plan.tasks.push_back({one.task, [&lab, one] { return rows_of_volume(lab, one); }});
  return plan;
}

}  // namespace firstframe
