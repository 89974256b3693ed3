// Table 1 of the paper: deblurring.

#include <memory>
#include <optional>

#include "core/base/text.h"
#include "pipelines/reproduce/classical_methods.h"
#include "pipelines/reproduce/experiment.h"
#include "pipelines/reproduce/scored_row.h"

namespace firstframe {
namespace {

constexpr const char* kTrainingPicture = "butterfly";

struct Paper {
  std::optional<double> set11_db, bsd_db;
};

struct TrainedMethod {
  std::string restorer;
  double seconds = 0;
  Paper paper{};
  bool is_ours = false;  // repeated with other seeds, and restored with the ensemble, too
  std::int64_t width = 0, depth = 0;
  double learning_rate = 0;
  RnnDirection direction = RnnDirection::down;
};

const Paper kRnn{28.59, 28.38}, kRnnGan{27.81, 27.52}, kUnetGan{29.12, 28.42};

const std::vector<TrainedMethod>& trained_methods() {
  static const std::vector<TrainedMethod> all{
      {"linear", 0},
      {"rnn", 120, kRnn},
      {"rnn", 300, kRnn},
      {.restorer = "rnn", .seconds = 120, .direction = RnnDirection::both},
      {"rnn-gan", 60, kRnnGan},
      {"rnn-gan", 300, kRnnGan},
      {"unet", 60},
      {"unet", 300},
      {"unet-gan", 60, kUnetGan},
      {"unet-gan", 300, kUnetGan},
      {"residual", 5, {}, true},
      {"residual", 60, {}, true},
      {"residual", 300, {}, true, 48, 14, 2e-3},
  };
  return all;
}

using Sets = std::shared_ptr<const std::vector<TestSet>>;

std::optional<double> of_table(const Paper& paper, const TestSet& set) {
  return set.table == "BSD" ? paper.bsd_db : paper.set11_db;
}

// One row a set.
std::vector<ReportRow> scored(const ReportRow& row, const Paper& paper, const Restorer& restorer, const Sets& sets,
                              const RestoreSettings& settings, bool side_by_side, std::stop_token stop) {
  std::vector<ReportRow> rows;
  for (const auto& set : *sets) {
    rows.push_back(scored_row(row, restorer, set, stop, settings, side_by_side));
    rows.back().paper_db = of_table(paper, set);
  }
  return rows;
}

std::vector<ReportRow> degraded_rows(const Sets& sets) {
  std::vector<ReportRow> rows;
  for (const auto& set : *sets) rows.push_back(input_row("degraded", set));
  return rows;
}

std::vector<ReportRow> classical_rows(Lab& lab, const ClassicalMethod& method, const TestPicture& training,
                                      const Sets& sets) {
  const auto chosen = choose(method, training, lab);
  ReportRow row;
  row.label = method.label;
  row.settings = chosen.settings;
  row.note = chosen.note;
  return scored(row, {method.paper_set11_db, {}}, *chosen.restorer, sets, {}, true, lab.options().stop);
}

std::vector<ReportRow> trained_rows(Lab& lab, const TrainedMethod& method, std::uint64_t seed,
                                    const TestPicture& training, const Sets& sets) {
  auto settings = matched_settings(method.restorer, method.seconds);
  settings.seed = seed;
  settings.width = method.width;
  settings.depth = method.depth;
  settings.learning_rate = method.learning_rate;
  settings.rnn.direction = method.direction;
  const auto restorer = lab.train(pair_of(training), settings);
  auto row = trained_row(*restorer, settings, training.name);
  row.label = method.seconds > 0 ? lab.label(method.restorer, method.seconds) : method.restorer;
  if (method.direction == RnnDirection::both) row.label += ", both directions";
  row.x = row.train_seconds;
  const auto stop = lab.options().stop;
  auto rows = scored(row, method.paper, *restorer, sets, {}, false, stop);
  if (!method.is_ours || loses_by_ensemble(restorer->info())) return rows;
  RestoreSettings ensemble;
  ensemble.ensemble = 8;
  row.label += ", ensemble 8";
  row.series += ", ensemble 8";
  const auto more = scored(row, method.paper, *restorer, sets, ensemble, false, stop);
  rows.insert(rows.end(), more.begin(), more.end());
  return rows;
}

}  // namespace

Plan plan_table1(Lab& lab) {
  const auto degradation = deblurring();
  const auto training = std::make_shared<const TestPicture>(test_picture(lab.set11(kTrainingPicture), degradation));
  const Sets sets = std::make_shared<const std::vector<TestSet>>(
      std::vector<TestSet>{lab.set11_without(kTrainingPicture, degradation), lab.bsd_set(degradation)});
  Plan plan;
  plan.report.title = "Table 1: deblurring";
  plan.report.text =
      "Blur: 25 x 25 Gaussian of sigma 1.6, circular border; noise: sqrt(2) of 255 on R, G and B, not rounded, with the "
      "seed of the picture's place among the names of its set. Everything is trained, or set, on `butterfly` of Set11 "
      "alone, which is not scored; BSD are " + std::to_string(lab.bsd().size()) +
      " pictures of BSD68. Luma is restored and measured. Restorers without training are told the true kernel and noise; "
      "the time a picture takes them is that of one thread. The prior dncnn is 32 wide and 10 deep, trained for 60 s on a "
      "mosaic of BSDS500 training pictures with noise 5 of 255. The paper does not say which luma range its figures are of, "
      "trains on another picture and scores all eleven.";
  plan.report.x_label = "training, s";
  plan.report.x_is_log = true;
  plan.tasks.push_back({"degraded", [sets] { return degraded_rows(sets); }});
  for (const auto& method : classical_methods())
    plan.tasks.push_back({method.task, [&lab, method, training, sets] {
                            return classical_rows(lab, method, *training, sets);
                          }});
  for (const auto& method : trained_methods()) {
    auto name = method.seconds > 0 ? text(method.restorer, "-", method.seconds) : method.restorer;
    if (method.direction == RnnDirection::both) name += "-both";
    const auto run = [&lab, method, training, sets](std::int64_t seed) {
      return trained_rows(lab, method, static_cast<std::uint64_t>(seed), *training, sets);
    };
    if (!method.is_ours) plan.tasks.push_back({name, [run] { return run(1); }});
    for (std::int64_t seed = 1; method.is_ours && seed <= lab.options().seeds; ++seed)
      plan.tasks.push_back({text(name, "@", seed), [run, seed] { return run(seed); }});
  }
  return plan;
}

}  // namespace firstframe
