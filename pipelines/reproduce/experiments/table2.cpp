// Table 2 of the paper: super-resolution.

#include <memory>
#include <optional>

#include "core/base/text.h"
#include "pipelines/reproduce/experiment.h"
#include "pipelines/reproduce/scored_row.h"

namespace firstframe {
namespace {

constexpr const char* kTrainingPicture = "butterfly";

struct TrainedMethod {
  std::string restorer;
  double seconds = 0;
  std::optional<double> paper_db{};
};

}  // namespace

Plan plan_table2(Lab& lab) {
  const auto degradation = super_resolution();
  const auto training = std::make_shared<const TestPicture>(test_picture(lab.set11(kTrainingPicture), degradation));
  const auto set = std::make_shared<const TestSet>(lab.set11_without(kTrainingPicture, degradation));
  Plan plan;
  plan.report.title = "Table 2: super-resolution, 3 times";
  plan.report.text =
      "Blur: 25 x 25 Gaussian of sigma 1.6, circular border; every third row and column from the first on; noise sqrt(2) of "
      "255 on R, G and B, not rounded. Trained on `butterfly` of Set11, which is not scored. Restored frames are three times "
      "as large as the small ones, up to two pixels larger than the clean ones; measured is the part both have. Bicubic is "
      "aligned with the pixels that were kept; the bicubic input whose PSNR the paper prints is a pixel off.";
  plan.report.x_label = "training, s";
  plan.report.x_is_log = true;
  plan.tasks.push_back({"bicubic", [set] { return std::vector{input_row("bicubic, aligned", *set)}; }});
  const std::vector<TrainedMethod> methods{{"linear", 0},          {"rnn", 120, 25.77}, {"rnn-gan", 300, 25.79},
                                           {"unet", 300},          {"unet-gan", 300, 25.69},
                                           {"residual", 60},       {"residual", 300}};
  for (const auto& method : methods)
    plan.tasks.push_back({method.seconds > 0 ? text(method.restorer, "-", method.seconds) : method.restorer,
                          [&lab, method, training, set] {
                            const auto settings = matched_settings(method.restorer, method.seconds);
                            const auto restorer = lab.train(pair_of(*training), settings);
                            auto row = trained_row(*restorer, settings, training->name);
                            row.label = method.seconds > 0 ? lab.label(method.restorer, method.seconds) : method.restorer;
                            row.x = row.train_seconds;
                            row.paper_db = method.paper_db;
                            return std::vector{scored_row(row, *restorer, *set, lab.options().stop)};
                          }});
  return plan;
}

}  // namespace firstframe
