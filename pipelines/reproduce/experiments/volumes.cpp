// Volumes of which one section is annotated: does every other section gain?

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <memory>

#include "core/base/text.h"
#include "core/frame/value_extremes.h"
#include "core/registration/neighbour_mean.h"
#include "core/restorers/classical/classical.h"
#include "io/volume/section_source.h"
#include "pipelines/report/plot.h"
#include "pipelines/reproduce/experiment.h"
#include "pipelines/reproduce/scored_row.h"

namespace firstframe {
namespace {

constexpr double kNoise = 20;  // 8-bit units: 255 is the clean volume's lowest to highest value
constexpr double kSeconds = 30;
constexpr std::int64_t kNeighbours = 2;

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

std::shared_ptr<const Restorer> non_local_means(double noise_sigma) {
  ClassicalSettings settings;
  settings.method = "nlm";
  settings.noise_sigma = noise_sigma;
  return make_classical(settings);
}

// The same sections, each averaged with the one on either side of it; what has to be beaten stays the section itself.
std::vector<TestPicture> with_neighbours(const std::vector<TestPicture>& sections) {
  const auto count = static_cast<std::int64_t>(sections.size());
  std::vector<TestPicture> averaged = sections;
  for (std::int64_t i = 0; i < count; ++i) {
    std::vector<SectionView> neighbours;
    for (const auto beside : sections_beside(i, count, kNeighbours / 2)) neighbours.push_back(sections[static_cast<std::size_t>(beside)].degraded.view());
    auto& section = averaged[static_cast<std::size_t>(i)];
    section.degraded = neighbour_mean(section.input.view(), neighbours);
  }
  return averaged;
}

// A section is seen alone, or averaged with those beside it.
struct Seen {
  std::vector<TestPicture> sections;
  std::int64_t neighbours = 0;
  std::vector<std::string> restorers;

  std::string label(const std::string& of) const { return neighbours ? of + ", with the section on either side" : of; }
  double noise_sigma() const { return kNoise / std::sqrt(1.0 + static_cast<double>(neighbours)); }
};

std::vector<ReportRow> rows_of(Lab& lab, const Case& one, const Seen& seen, const TestPicture& annotated) {
  TestSet others{one.words, seen.sections};
  std::erase_if(others.pictures, [&](const TestPicture& section) { return section.name == annotated.name; });
  std::vector<ReportRow> rows;
  if (seen.neighbours == 0) rows.push_back(input_row("noisy", others));
  ReportRow classical;
  classical.label = seen.label("non-local means, told the noise");
  rows.push_back(scored_row(classical, *non_local_means(seen.noise_sigma()), others, lab.options().stop));
  for (const auto& restorer : seen.restorers) {
    const auto settings = matched_settings(restorer, kSeconds);
    const auto trained = lab.train({annotated.degraded, annotated.clean, seen.neighbours}, settings);
    auto row = trained_row(*trained, settings, annotated.name);
    row.label = seen.label(lab.label(restorer, kSeconds));
    rows.push_back(scored_row(row, *trained, others, lab.options().stop));
  }
  return rows;
}

std::vector<ReportRow> rows_of_volume(Lab& lab, const Case& one) {
  const auto volume = read_noisy(lab, one.file);
  const auto middle = static_cast<std::size_t>(volume.annotated);
  std::vector<ReportRow> rows;
  Plot plot{.title = one.words, .x_label = "section", .y_label = "gain, dB"};
  for (const auto& seen : {Seen{volume.sections, 0, {"linear", "residual"}}, Seen{with_neighbours(volume.sections), kNeighbours, {"residual"}}})
    for (auto& row : rows_of(lab, one, seen, seen.sections[middle])) {
      if (row.label != "noisy") plot.series.push_back(gains(row.label, row));
      rows.push_back(std::move(row));
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
      "is scored, against the volume's range. *With the section on either side*: each is averaged with those first, as `train "
      "--neighbours 1` does, which takes noise off where anatomy changes little from one to the next, and blurs where it changes more, as at "
      "the ends of these volumes. The plots show what each section gains.");
  for (const auto& one : {Case{"head", "chris_PD.nii.gz", "head MR"}, Case{"lung", "3DCT_lung.mha", "lung CT"}})
    plan.tasks.push_back({one.task, [&lab, one] { return rows_of_volume(lab, one); }});
  return plan;
}

}  // namespace firstframe
