// What the switches of restoring cost and give: stride and window of a patch restorer, the x 8 ensemble.

#include <map>
#include <memory>

#include "core/base/text.h"
#include "pipelines/reproduce/experiment.h"
#include "pipelines/reproduce/scored_row.h"

namespace firstframe {
namespace {

constexpr double kSeconds = 30;
constexpr const char* kTrainingPicture = "butterfly";

struct Switch {
  const char* restorer;
  std::int64_t stride;
  Window window;
  std::int64_t ensemble;
};

constexpr Switch kSwitches[] = {
    {"residual", 0, Window::gaussian, 1}, {"residual", 0, Window::gaussian, 8}, {"rnn", 1, Window::gaussian, 1},
    {"rnn", 2, Window::gaussian, 1},      {"rnn", 3, Window::gaussian, 1},      {"rnn", 5, Window::gaussian, 1},
    {"rnn", 8, Window::gaussian, 1},      {"rnn", 15, Window::gaussian, 1},     {"rnn", 5, Window::hann, 1},
    {"rnn", 5, Window::constant, 1},      {"rnn", 1, Window::constant, 1},      {"rnn", 6, Window::hann, 1},
    {"rnn", 8, Window::hann, 1},          {"rnn", 5, Window::gaussian, 8},
};

std::string name_of_switch(const Switch& chosen) {
  std::string name = chosen.restorer;
  if (chosen.stride > 0) name += text("-stride-", chosen.stride, "-", name_of(chosen.window));
  return name + (chosen.ensemble > 1 ? "-ensemble-8" : "");
}

}  // namespace

Plan plan_switches(Lab& lab) {
  const auto degradation = deblurring();
  const auto training = std::make_shared<const TestPicture>(test_picture(lab.set11(kTrainingPicture), degradation));
  const auto set = std::make_shared<const TestSet>(lab.set11_without(kTrainingPicture, degradation));
  const auto models = std::make_shared<std::map<std::string, std::shared_ptr<const Restorer>>>();
  Plan plan;
  plan.report.title = "Switches: what restoring may cost";
  plan.report.text =
      "One model of each restorer, trained on `butterfly` with the same settings, restores Set11 without it under each setting of "
      "`restore`: `--stride` and `--window` of the patches that `rnn` averages, and `--ensemble`.";
  for (const auto& chosen : kSwitches)
    plan.tasks.push_back({name_of_switch(chosen), [&lab, chosen, training, set, models] {
                            const auto settings = matched_settings(chosen.restorer, kSeconds);
                            auto& model = (*models)[chosen.restorer];
                            if (!model) model = lab.train(pair_of(*training), settings);
                            if (chosen.ensemble > 1 && loses_by_ensemble(model->info())) return std::vector<ReportRow>{};
                            RestoreSettings restoring;
                            restoring.stride = chosen.stride;
                            restoring.window = chosen.window;
                            restoring.ensemble = chosen.ensemble;
                            auto row = trained_row(*model, settings, training->name);
                            row.label = name_of_switch(chosen);
                            return std::vector{scored_row(row, *model, *set, lab.options().stop, restoring)};
                          }});
  return plan;
}

}  // namespace firstframe
