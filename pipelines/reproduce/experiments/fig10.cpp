// Figure 10 of the paper: a blur that training does not know.

#include <cmath>
#include <memory>

#include "core/base/text.h"
#include "core/degradation/blur.h"
#include "core/tiling/restore_tiled.h"
#include "pipelines/reproduce/experiment.h"
#include "pipelines/reproduce/scored_row.h"

namespace firstframe {
namespace {

constexpr const char* kTrainingPicture = "butterfly";
constexpr double kSeconds = 60;
constexpr double kSigmas[] = {0.8, 1.2, 1.4, 1.6, 1.8, 2.0, 2.4};  // pixels
constexpr const char* kAgainstClean = "Against the clean picture";
constexpr const char* kAgainstPrediction = "Against the prediction";

struct Blurred {
  double sigma = 0;
  TestSet set;        // against the clean pictures
  TestSet predicted;  // the same, against what the paper predicts; empty where it predicts no picture
};
using Sweep = std::shared_ptr<const std::vector<Blurred>>;

// Blur sigma_s is undone, and what is left of sigma_t is a Gaussian again.
TestPicture against_prediction(TestPicture test, double sigma_t) {
  const double left = std::sqrt(sigma_t * sigma_t - kBlurSigma * kBlurSigma);
  blur(test.clean, gaussian_kernel(left, kBlurSize), Border::circular);
  return test;
}

Sweep sweep_of(Lab& lab) {
  std::vector<Blurred> all;
  for (const double sigma : kSigmas) {
    if (lab.options().quick && sigma != kBlurSigma && sigma != 2.0) continue;
    auto degradation = deblurring();
    degradation.blur_sigma = sigma;
    Blurred one{sigma, lab.set11_without(kTrainingPicture, degradation), {kAgainstPrediction, {}}};
    one.set.table = kAgainstClean;
    if (sigma > kBlurSigma)
      for (const auto& test : one.set.pictures) one.predicted.pictures.push_back(against_prediction(test, sigma));
    all.push_back(std::move(one));
  }
  return std::make_shared<const std::vector<Blurred>>(std::move(all));
}

ReportRow at_blur(ReportRow row, const std::string& name, const Blurred& blurred) {
  row.label = row.series = name;
  row.x = blurred.sigma;
  return row;
}

// The pictures that the paper predicts, scored as if they had been restored.
std::vector<ReportRow> prediction(const Sweep& sweep) {
  std::vector<ReportRow> rows;
  for (const auto& blurred : *sweep) {
    if (blurred.predicted.pictures.empty()) continue;
    ReportRow row = at_blur({}, "prediction", blurred);
    row.table = blurred.set.table;
    for (std::size_t i = 0; i < blurred.set.pictures.size(); ++i)
      row.scores.push_back(score(blurred.set.pictures[i], blurred.predicted.pictures[i].clean));
    rows.push_back(row);
  }
  return rows;
}

std::vector<ReportRow> trained_rows(Lab& lab, const std::string& restorer_name, const TestPicture& training,
                                    const Sweep& sweep) {
  const auto settings = matched_settings(restorer_name, restorer_name == "linear" ? 0 : kSeconds);
  const auto restorer = lab.train(pair_of(training), settings);
  const auto row = trained_row(*restorer, settings, training.name);
  std::vector<ReportRow> rows;
  for (const auto& blurred : *sweep) {
    const auto here = at_blur(row, restorer_name, blurred);
    rows.push_back(scored_row(here, *restorer, blurred.set, lab.options().stop));
    if (!blurred.predicted.pictures.empty())
      rows.push_back(scored_row(here, *restorer, blurred.predicted, lab.options().stop));
  }
  return rows;
}

}  // namespace

Plan plan_fig10(Lab& lab) {
  const auto training = std::make_shared<const TestPicture>(test_picture(lab.set11(kTrainingPicture), deblurring()));
  const auto sweep = sweep_of(lab);
  Plan plan;
  plan.report.title = "Figure 10: a blur that training does not know";
  plan.report.text =
      "Trained on `butterfly` at blur sigma_s = 1.6, noise sqrt(2), and tested at blur sigma_t on the other pictures of Set11. "
      "The paper predicts that blur of sqrt(sigma_t^2 - sigma_s^2) is left where sigma_t is larger, and pictures that are too "
      "sharp where it is smaller. The prediction is the clean picture with that blur; a second table measures the restored "
      "pictures against it: a restorer that beats the degraded one there leaves what was predicted.";
  plan.report.x_label = "blur of the input, sigma_t, pixels";
  plan.report.is_sweep = true;
  plan.tasks.push_back({"degraded", [sweep] {
                          std::vector<ReportRow> rows;
                          for (const auto& blurred : *sweep) {
                            rows.push_back(at_blur(input_row("", blurred.set), "degraded", blurred));
                            if (!blurred.predicted.pictures.empty())
                              rows.push_back(at_blur(input_row("", blurred.predicted), "degraded", blurred));
                          }
                          return rows;
                        }});
  plan.tasks.push_back({"prediction", [sweep] { return prediction(sweep); }});
  for (const std::string restorer : {"linear", "rnn", "residual"})
    plan.tasks.push_back({restorer, [&lab, restorer, training, sweep] {
                            return trained_rows(lab, restorer, *training, sweep);
                          }});
  return plan;
}

}  // namespace firstframe
