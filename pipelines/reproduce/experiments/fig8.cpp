// Figure 8 of the paper: how many training pixels are enough.

#include <memory>

#include "core/base/text.h"
#include "pipelines/reproduce/experiment.h"
#include "pipelines/reproduce/scored_row.h"

namespace firstframe {
namespace {

constexpr const char* kTrainingPicture = "butterfly";
constexpr double kSeconds = 60;
constexpr std::int64_t kSides[] = {64, 96, 128, 192, 256};  // pixels

}  // namespace

Plan plan_fig8(Lab& lab) {
  const auto degradation = deblurring();
  const auto set = std::make_shared<const TestSet>(lab.set11_without(kTrainingPicture, degradation));
  Plan plan;
  plan.report.title = "Figure 8: the size of the training picture";
  plan.report.text =
      "Trained on a square from the middle of `butterfly`, 64 to 256 pixels wide, that was degraded as a picture "
      "of its own (blur 1.6, circular border, noise sqrt(2)); scored on the other pictures of Set11.";
  plan.report.x_label = "training pixels";
  plan.report.x_is_log = true;
  plan.report.is_sweep = true;
  for (const std::string restorer : {"linear", "rnn", "residual"})
    for (const auto side : kSides)
      plan.tasks.push_back({text(restorer, "@", side), [&lab, degradation, set, restorer, side] {
                              const auto training =
                                  test_picture(middle_of(lab.set11(kTrainingPicture), side), degradation);
                              const auto settings = matched_settings(restorer, restorer == "linear" ? 0 : kSeconds);
                              const auto restorer_made = lab.train(pair_of(training), settings);
                              auto row = trained_row(*restorer_made, settings, training.name);
                              row.label = restorer;
                              row.x = static_cast<double>(side * side);
                              return std::vector{scored_row(row, *restorer_made, *set, lab.options().stop)};
                            }});
  return plan;
}

}  // namespace firstframe
