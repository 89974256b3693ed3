// B-scans of eyes that training has not seen: one annotated B-scan of one eye restores those of others.

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <memory>

#include "core/base/text.h"
#include "core/metrics/edge_preservation.h"
#include "core/metrics/intensity.h"
#include "core/metrics/oct_regions.h"
#include "core/metrics/region_statistics.h"
#include "core/metrics/signal_to_noise.h"
#include "core/registration/neighbour_mean.h"
#include "core/tiling/restore_tiled.h"
#include "pipelines/reproduce/experiment.h"
#include "pipelines/reproduce/oct_eyes.h"
#include "pipelines/reproduce/opencv_denoisers.h"
#include "pipelines/reproduce/scans_page.h"
#include "pipelines/reproduce/scored_row.h"

namespace firstframe {
namespace {

constexpr const char* kTrainingEye = "01";
constexpr std::array kOtherTrainingEyes{"05", "13"};
constexpr double kSeconds = 60;
constexpr const char* kOdd = "One B-scan in";
constexpr const char* kWithNeighbours = "The mean of five B-scans in";
constexpr const char* kShared = "Eyes that none is trained on, one B-scan in";

// What an eye is restored from.
enum class Seen { one, mean_of_five };

struct Eyes {
  std::vector<OctEye> all;

  const OctEye& named(const std::string& name) const {
    return *std::find_if(all.begin(), all.end(), [&](const OctEye& eye) { return eye.name == name; });
  }
  bool has(const std::string& name) const {
    return std::any_of(all.begin(), all.end(), [&](const OctEye& eye) { return eye.name == name; });
  }
};

Section seen_of(const OctEye& eye, Seen seen) {
  if (seen == Seen::one) return eye.noisy;
  std::vector<SectionView> neighbours;
  for (const auto& neighbour : eye.neighbours) neighbours.push_back(neighbour.view());
  return neighbour_mean(eye.noisy.view(), neighbours);
}

TestPicture test_of(const OctEye& eye, Seen seen) {
  const auto degraded = seen_of(eye, seen);
  return {eye.name, degraded, degraded, eye.clean, /*has_own_brightness=*/true};
}

TrainingPair pair_of(const OctEye& eye, Seen seen) {
  return {seen_of(eye, seen), eye.clean, seen == Seen::one ? 0 : static_cast<std::int64_t>(eye.neighbours.size())};
}

bool is_trained_on(const std::string& name) {
  return name == kTrainingEye || std::find(kOtherTrainingEyes.begin(), kOtherTrainingEyes.end(), name) != kOtherTrainingEyes.end();
}

TestSet set_of(const Eyes& eyes, const std::string& table, Seen seen) {
  TestSet set{table, {}};
  for (const auto& eye : eyes.all)
    if (eye.name != kTrainingEye && (table != kShared || !is_trained_on(eye.name))) set.pictures.push_back(test_of(eye, seen));
  return set;
}

double mean_cnr(const Section& restored, const OctRegions& regions) {
  const auto statistics = [&](const Region& region) { return region_statistics(values_in(restored.view(), region)); };
  double sum = 0;
  for (const auto& layer : regions.layers) sum += contrast_to_noise(statistics(layer), statistics(regions.background));
  return sum / static_cast<double>(regions.layers.size());
}

// Contrast to noise and kept edges, the means over a set: regions are those found in the clean scans.
struct OctFigures {
  double cnr = 0, edge_index = 0, edge_energy = 0;
};

OctFigures figures_of(const TestSet& set, const std::vector<Section>& restored) {
  OctFigures figures;
  const auto count = static_cast<double>(restored.size());
  for (std::size_t i = 0; i < restored.size(); ++i) {
    const auto& clean = set.pictures[i].clean;
    figures.cnr += mean_cnr(restored[i], find_oct_regions(clean.view())) / count;
    const auto edges = edge_preservation(restored[i].view(), clean.view());
    figures.edge_index += edges.index / count;
    figures.edge_energy += edges.energy_ratio / count;
  }
  return figures;
}

// A row with the scores and figures of restored sections.
ReportRow row_of(ReportRow row, const TestSet& set, const std::vector<Section>& restored) {
  row.table = set.table;
  row.scores.clear();
  for (std::size_t i = 0; i < restored.size(); ++i) row.scores.push_back(score(set.pictures[i], restored[i]));
  const auto figures = figures_of(set, restored);
  row.figures["CNR"] = figures.cnr;
  row.figures["edge index"] = figures.edge_index;
  row.figures["edge energy"] = figures.edge_energy;
  return row;
}

ReportRow row_of(const ReportRow& row, const TestSet& set, const Restorer& restorer, std::int64_t ensemble, Lab& lab) {
  RestoreSettings settings;
  settings.ensemble = ensemble;
  std::vector<Section> restored;
  const auto start = std::chrono::steady_clock::now();
  for (const auto& picture : set.pictures) restored.push_back(restore(restorer, picture.degraded.view(), settings, lab.options().stop));
  const double ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  auto scored = row_of(row, set, restored);
  scored.restore_ms = ms / static_cast<double>(restored.size());
  return scored;
}

// The strength with the best mean over the very eyes that are scored: more than a user could know.
ReportRow best_of(const OpencvDenoiser& denoiser, const TestSet& set) {
  ReportRow best;
  std::string tried;
  for (const auto& at : denoiser.strengths) {
    std::vector<Section> restored;
    for (const auto& picture : set.pictures)
      restored.push_back(at.denoise(converted(picture.degraded.view(), SampleType::uint8).view(), at.value));
    ReportRow row;
    row.label = denoiser.label;
    row.settings = at.strength;
    row = row_of(row, set, restored);
    const double db = mean_matched_db(row.scores);
    tried += text(tried.empty() ? "" : "; ", at.strength, ": ", std::round(100 * db) / 100);
    if (best.scores.empty() || db > mean_matched_db(best.scores)) best = row;
  }
  best.note = text("chosen on the scored eyes themselves among ", tried, " dB");
  return best;
}

std::vector<ReportRow> trained(Lab& lab, const Eyes& eyes, const std::string& eye, Seen seen, TrainSettings settings,
                               const std::vector<std::string>& tables) {
  const auto restorer = lab.train(pair_of(eyes.named(eye), seen), settings);
  const auto row = trained_row(*restorer, settings, "eye " + eye);
  std::vector<ReportRow> rows;
  for (const auto& table : tables) {
    const auto set = set_of(eyes, table, seen);
    for (const std::int64_t ensemble : {1, 8}) {
      if (ensemble > 1 && (settings.restorer == "linear" || loses_by_ensemble(restorer->info()))) continue;
      auto labelled = row;
      labelled.label = settings.restorer == "linear" ? "linear" : lab.label(settings.restorer, settings.seconds);
      if (settings.augment == Augment::none) labelled.label += ", the pair as it is";
      if (ensemble > 1) labelled.label += ", ensemble 8";
      if (table == kShared) labelled.label += ", trained on eye " + eye;
      labelled.settings += ", patches: " + restorer->info().augment;
      rows.push_back(row_of(labelled, set, *restorer, ensemble, lab));
    }
  }
  return rows;
}

// Where layers meet in the middle, and where the lines of the photoreceptors lie.
struct Shown {
  const char* eye;
  std::vector<ScanDetail> details;
};

const std::vector<Shown>& shown() {
  static const std::vector<Shown> all{{"03", {{125, 350}, {145, 600}}}, {"11", {{70, 400}, {75, 100}}}, {"15", {{70, 385}, {100, 600}}}};
  return all;
}

// Noisy, the classical method with the best figures, ours, and the mean of many scans.
std::vector<ReportRow> pictures(Lab& lab, const Eyes& eyes, const TrainSettings& settings) {
  constexpr double kBestStrength = 35;  // of non-local means, see its row
  const auto restorer = lab.train(pair_of(eyes.named(kTrainingEye), Seen::one), settings);
  RestoreSettings ensemble;
  ensemble.ensemble = loses_by_ensemble(restorer->info()) ? 1 : 8;
  const auto denoisers = opencv_denoisers();
  const auto& nlm = *std::find_if(denoisers.begin(), denoisers.end(), [](const auto& one) { return one.name == "nlm"; });
  std::vector<ReportRow> rows;
  for (const auto& [name, details] : shown()) {
    if (!eyes.has(name)) continue;
    const auto& eye = eyes.named(name);
    auto row = trained_row(*restorer, settings, text("eye ", kTrainingEye));
    row.table = "Pictures";
    row.label = text("eye ", name);
    row.picture = text("oct_", name, ".jpg");
    draw_scans(lab.options().out / "images" / row.picture,
               {{"noisy", eye.noisy},
                {"cv::fastNlMeansDenoising, h 35", nlm.strengths.front().denoise(eye.noisy.view(), kBestStrength)},
                {lab.label("residual", settings.seconds) + ", ensemble 8", restore(*restorer, eye.noisy.view(), ensemble, lab.options().stop)},
                {"mean of many scans", eye.clean}},
               details);
    rows.push_back(row);
  }
  return rows;
}

}  // namespace

Plan plan_oct(Lab& lab) {
  const auto eyes = std::make_shared<const Eyes>(Eyes{read_oct_eyes(lab.options().data, lab.options().quick)});
  Plan plan;
  plan.report.title = "OCT: one annotated B-scan of one eye, and the B-scans of others";
  plan.report.text =
      "The Duke pairs (Fang et al., 2013): a noisy B-scan and the registered mean of many scans of its line, 450 x 900 pixels of "
      "8 bits. Trained on eye 01 alone, scored on the other odd eyes, 03 to 17. Several truths are brighter or darker "
      "than their noisy B-scan, so PSNR is also given after one gain and one offset are fitted to the truth (*matched*); tables of "
      "every picture are of it. CNR is that of the three brightest windows of layers against the darkest of the background, "
      "found in the truth; *edge index* is the correlation of the Laplacians of restored and true B-scan, *edge energy* "
      "the ratio of their squared gradients, both under a Gaussian of 1.5 pixels, where layers show. "
      "Methods that need no training have the strength with the best mean over the scored "
      "eyes. The mean of five is that of the noisy B-scan and four of its neighbours. How it is learned, and what limits these "
      "figures: [OCT](../oct.md).";
  const auto one = std::make_shared<const TestSet>(set_of(*eyes, kOdd, Seen::one));
  const auto five = std::make_shared<const TestSet>(set_of(*eyes, kWithNeighbours, Seen::mean_of_five));
  const auto degraded_row = [](const std::string& label, const TestSet& set) {
    std::vector<Section> as_they_are;
    for (const auto& picture : set.pictures) as_they_are.push_back(picture.degraded);
    ReportRow row;
    row.label = label;
    return row_of(row, set, as_they_are);
  };
  plan.tasks.push_back({"degraded", [=] {
                          return std::vector{degraded_row("noisy", *one), degraded_row("mean of five", *five)};
                        }});
  for (const auto& denoiser : opencv_denoisers())
    plan.tasks.push_back({denoiser.name, [=] { return std::vector{best_of(denoiser, *one), best_of(denoiser, *five)}; }});

  const auto add = [&](const std::string& task, const std::string& eye, Seen seen, TrainSettings settings,
                       const std::vector<std::string>& tables) {
    if (!eyes->has(eye)) return;
    plan.tasks.push_back({task, [&lab, eyes, eye, seen, settings, tables] { return trained(lab, *eyes, eye, seen, settings, tables); }});
  };
  TrainSettings linear;
  linear.restorer = "linear";
  linear.seconds = 0;
  TrainSettings residual;
  residual.seconds = kSeconds;
  auto as_it_is = residual;
  as_it_is.augment = Augment::none;
  add("linear", kTrainingEye, Seen::one, linear, {kOdd});
  for (std::int64_t seed = 1; seed <= lab.options().seeds; ++seed) {
    residual.seed = static_cast<std::uint64_t>(seed);
    add(text("residual@", seed), kTrainingEye, Seen::one, residual, {kOdd, kShared});
    add(text("neighbours@", seed), kTrainingEye, Seen::mean_of_five, residual, {kWithNeighbours});
  }
  residual.seed = 1;
  plan.tasks.push_back({"pictures", [&lab, eyes, residual] { return pictures(lab, *eyes, residual); }});
  for (const char* eye : kOtherTrainingEyes) add(text("eye-", eye), eye, Seen::one, residual, {kShared});
  add("as-it-is", kTrainingEye, Seen::one, as_it_is, {kOdd});
  return plan;
}

}  // namespace firstframe
