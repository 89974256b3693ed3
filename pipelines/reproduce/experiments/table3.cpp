// Table 3 of the paper: what training and restoring cost.

#include <algorithm>
#include <chrono>
#include <memory>

#include "core/base/text.h"
#include "core/restorers/classical/classical.h"
#include "core/tiling/restore_tiled.h"
#include "core/training/dead_leaves.h"
#include "pipelines/reproduce/experiment.h"
#include "pipelines/reproduce/scored_row.h"

namespace firstframe {
namespace {

constexpr const char* kTrainingPicture = "butterfly";
constexpr std::int64_t kSides[] = {256, 512};  // pixels
constexpr int kRuns = 3;

double median_ms(const Restorer& restorer, const SectionView& frame, Lab& lab) {
  std::vector<double> ms;
  for (int run = 0; run < (lab.options().quick ? 1 : kRuns); ++run) {
    const auto start = std::chrono::steady_clock::now();
    restore(restorer, frame, {}, lab.options().stop);
    ms.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  }
  std::nth_element(ms.begin(), ms.begin() + static_cast<std::ptrdiff_t>(ms.size() / 2), ms.end());
  return ms[ms.size() / 2];
}

void time_frames(ReportRow& row, const Restorer& restorer, Lab& lab) {
  const std::vector<float> tones{0, 0.2f, 0.4f, 0.6f, 0.8f, 1};
  for (const auto side : kSides) {
    const auto frame = degrade(dead_leaves(side, tones, /*seed=*/1).view(), deblurring());
    row.figures[text("ms for ", side, " x ", side)] = median_ms(restorer, frame.view(), lab);
  }
}

struct TrainedMethod {
  std::string restorer;
  double seconds = 0;
  std::int64_t width = 0, depth = 0;
};

std::vector<ReportRow> trained_rows(Lab& lab, const TrainedMethod& method, const TestPicture& training, const TestSet& set) {
  auto settings = matched_settings(method.restorer, method.seconds);
  settings.width = method.width;
  settings.depth = method.depth;
  const auto restorer = lab.train(pair_of(training), settings);
  auto row = trained_row(*restorer, settings, training.name);
  row.label = lab.label(method.restorer, method.seconds);
  row = scored_row(row, *restorer, set, lab.options().stop);
  time_frames(row, *restorer, lab);
  return {row};
}

// With about as many iterations as table1 finds best.
std::vector<ClassicalSettings> untrained() {
  ClassicalSettings wiener;
  wiener.method = "wiener";
  wiener.kernel = true_kernel();
  wiener.noise_sigma = kNoiseSigma;
  wiener.border = Border::circular;
  auto richardson_lucy = wiener;
  richardson_lucy.method = "richardson-lucy";
  richardson_lucy.noise_sigma.reset();
  richardson_lucy.iterations = 20;
  ClassicalSettings nlm;
  nlm.method = "nlm";
  nlm.noise_sigma = 5;
  nlm.border = Border::circular;
  auto red = wiener;
  red.method = "red";
  red.solver = RedSolver::fixed_point;
  red.iterations = 30;
  red.prior = make_classical(nlm);
  auto pnp = wiener;
  pnp.method = "pnp";
  pnp.noise_sigma.reset();
  pnp.iterations = 100;
  pnp.prior = red.prior;
  return {wiener, richardson_lucy, nlm, red, pnp};
}

}  // namespace

Plan plan_table3(Lab& lab) {
  const auto training = std::make_shared<const TestPicture>(test_picture(lab.set11(kTrainingPicture), deblurring()));
  const auto set = std::make_shared<const TestSet>(lab.set11_without(kTrainingPicture, deblurring()));
  Plan plan;
  plan.report.title = "Table 3: seconds to train, milliseconds a frame";
  plan.report.text = text("Trained on `butterfly` (256 x 256), blur 1.6, noise sqrt(2), and scored on the other pictures of "
                          "Set11; times to restore a frame of one channel are the median of ", kRuns,
                          " runs on all threads. Restorers without training use one thread for a frame of this size.");
  for (const auto& method : std::vector<TrainedMethod>{{"linear", 0}, {"rnn", 15}, {"rnn-gan", 15}, {"unet", 15},
                                                       {"unet-gan", 15}, {"dncnn", 15}, {"residual", 5}, {"residual", 15},
                                                       {"residual", 60, 48, 14}})
    plan.tasks.push_back({text(method.restorer, "-", method.seconds), [&lab, method, training, set] {
                            return trained_rows(lab, method, *training, *set);
                          }});
  for (const auto& settings : untrained())
    plan.tasks.push_back({settings.method, [&lab, settings] {
                            ReportRow row;
                            row.table = "Set11";
                            row.label = settings.method;
                            if (settings.iterations)
                              row.settings = text(*settings.iterations, " iterations", settings.prior ? ", prior nlm" : "");
                            auto stoppable = settings;
                            stoppable.stop = lab.options().stop;
                            time_frames(row, *make_classical(stoppable), lab);
                            return std::vector{row};
                          }});
  return plan;
}

}  // namespace firstframe
