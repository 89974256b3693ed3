// Figures 4 and 7 of the paper: noise, known while training and not.

#include <cmath>
#include <memory>

#include "core/base/text.h"
#include "pipelines/reproduce/experiment.h"
#include "pipelines/reproduce/scored_row.h"

namespace firstframe {
namespace {

constexpr const char* kTrainingPicture = "butterfly";
constexpr double kSeconds = 60;
constexpr double kLevels[] = {1, 2, 3, 5, 7, 10};  // times sqrt(2)

// One noise: the pair to train on and the pictures to restore.
struct Level {
  double sigma = 0;
  TestPicture training;
  TestSet set;
};
using Levels = std::shared_ptr<const std::vector<Level>>;

Levels levels_of(Lab& lab) {
  std::vector<Level> levels;
  for (const double times : kLevels) {
    auto degradation = deblurring();
    degradation.noise_sigma = times * kNoiseSigma;
    levels.push_back({degradation.noise_sigma, test_picture(lab.set11(kTrainingPicture), degradation),
                      lab.set11_without(kTrainingPicture, degradation)});
    if (lab.options().quick && levels.size() == 2) break;
  }
  return std::make_shared<const std::vector<Level>>(std::move(levels));
}

ReportRow at_level(ReportRow row, const std::string& name, const Level& level) {
  row.label = row.series = name;
  row.x = level.sigma;
  return row;
}

// Trained with one noise, tested with every.
Task mismatched(Lab& lab, const Levels& levels, const std::string& task, const std::string& name, TrainSettings settings) {
  return {task, [&lab, levels, name, settings] {
            const auto& training = levels->front().training;
            const auto restorer = lab.train(pair_of(training), settings);
            const auto row = trained_row(*restorer, settings, training.name);
            std::vector<ReportRow> rows;
            for (const auto& level : *levels)
              rows.push_back(scored_row(at_level(row, name, level), *restorer, level.set, lab.options().stop));
            return rows;
          }};
}

// Trained and tested with each noise.
std::vector<Task> matched(Lab& lab, const Levels& levels, const std::string& task, const std::string& name,
                          const TrainSettings& settings) {
  std::vector<Task> tasks;
  for (std::size_t i = 0; i < levels->size(); ++i)
    tasks.push_back({text(task, "@", kLevels[i]), [&lab, levels, name, settings, i] {
                       const auto& level = (*levels)[i];
                       const auto restorer = lab.train(pair_of(level.training), settings);
                       const auto row = at_level(trained_row(*restorer, settings, level.training.name), name, level);
                       return std::vector{scored_row(row, *restorer, level.set, lab.options().stop)};
                     }});
  return tasks;
}

Task degraded(const Levels& levels) {
  return {"degraded", [levels] {
            std::vector<ReportRow> rows;
            for (const auto& level : *levels) rows.push_back(at_level(input_row("degraded", level.set), "degraded", level));
            return rows;
          }};
}

Plan plan_of(const std::string& title, const std::string& text_of_plan) {
  Plan plan;
  plan.report.title = title;
  plan.report.text = text_of_plan +
      " Blur 1.6 and noise of sqrt(2) times 1, 2, 3, 5, 7 and 10 on R, G and B; trained on `butterfly`, scored on the "
      "other pictures of Set11.";
  plan.report.x_label = "noise of the input, sigma of 255";
  plan.report.is_sweep = true;
  return plan;
}

void append(std::vector<Task>& tasks, std::vector<Task> more) {
  tasks.insert(tasks.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace

Plan plan_fig4(Lab& lab) {
  const auto levels = levels_of(lab);
  auto plan = plan_of("Figure 4: noise that training knows", "Every level is restored by a training at that level.");
  plan.tasks.push_back(degraded(levels));
  append(plan.tasks, matched(lab, levels, "linear", "linear", matched_settings("linear", 0)));
  append(plan.tasks, matched(lab, levels, "rnn", "rnn", matched_settings("rnn", kSeconds)));
  append(plan.tasks, matched(lab, levels, "residual", "residual", matched_settings("residual", kSeconds)));
  return plan;
}

Plan plan_fig7(Lab& lab) {
  const auto levels = levels_of(lab);
  auto plan = plan_of("Figure 7: noise that training does not know",
                      "Trained at noise sqrt(2) and tested at others. `noise-jitter` 0 is the default of training; a "
                      "residual restorer trained at each level shows what knowing it would give.");
  auto plain = matched_settings("rnn", kSeconds), guarded = matched_settings("residual", kSeconds), wide = guarded;
  guarded.noise_jitter = 0;
  wide.noise_jitter = 10;
  plan.tasks.push_back(degraded(levels));
  plan.tasks.push_back(mismatched(lab, levels, "rnn", "rnn", plain));
  plan.tasks.push_back(mismatched(lab, levels, "residual", "residual", guarded));
  plan.tasks.push_back(mismatched(lab, levels, "residual-jitter-10", "residual, noise-jitter 10", wide));
  append(plan.tasks, matched(lab, levels, "residual-matched", "residual trained at each level",
                             matched_settings("residual", kSeconds)));
  return plan;
}

}  // namespace firstframe
