// What the paper leaves open, and what we chose: every choice beside its neighbours, on pictures that nothing else is scored
// on.

#include <functional>
#include <memory>

#include "core/base/text.h"
#include "pipelines/reproduce/experiment.h"
#include "pipelines/reproduce/scored_row.h"

namespace firstframe {
namespace {

constexpr double kSeconds = 10;
constexpr const char* kTrainingPicture = "butterfly";

using Change = std::function<void(TrainSettings&)>;

struct Variant {
  const char* restorer;
  const char* name;  // of the task, after the restorer's
  Change change;
};

const std::vector<Variant>& variants() {
  static const std::vector<Variant> all{
      {"residual", "own", [](TrainSettings&) {}},
      {"residual", "plain-pair", [](TrainSettings& s) { s.augment = Augment::none; }},
      {"residual", "synthetic-0", [](TrainSettings& s) { s.synthetic = 0; }},
      {"residual", "synthetic-0.4", [](TrainSettings& s) { s.synthetic = 0.4; }},
      {"residual", "synthetic-0.9", [](TrainSettings& s) { s.synthetic = 0.9; }},
      {"residual", "noise-jitter-0", [](TrainSettings& s) { s.noise_jitter = 0; }},
      {"residual", "rate-2e-3", [](TrainSettings& s) { s.learning_rate = 2e-3; }},
      {"residual", "rate-8e-3", [](TrainSettings& s) { s.learning_rate = 8e-3; }},
      {"residual", "batch-8", [](TrainSettings& s) { s.batch = 8; }},
      {"residual", "patch-48", [](TrainSettings& s) { s.patch = 48; }},
      {"residual", "width-48", [](TrainSettings& s) { s.width = 48; }},
      {"residual", "loss-l1", [](TrainSettings& s) { s.loss = Loss::l1; }},
      {"rnn", "own", [](TrainSettings&) {}},
      {"rnn", "both", [](TrainSettings& s) { s.rnn.direction = RnnDirection::both; }},
      {"rnn", "up", [](TrainSettings& s) { s.rnn.direction = RnnDirection::up; }},
      {"rnn", "latent-100", [](TrainSettings& s) { s.rnn.latent = 100; }},
      {"rnn", "latent-400", [](TrainSettings& s) { s.rnn.latent = 400; }},
      {"rnn", "latent-1024", [](TrainSettings& s) { s.rnn.latent = 1024; }},
      {"rnn", "patch-9", [](TrainSettings& s) { s.patch = 9; }},
      {"rnn", "rate-3e-3", [](TrainSettings& s) { s.learning_rate = 3e-3; }},
      {"rnn", "batch-64", [](TrainSettings& s) { s.batch = 64; }},
      {"rnn", "step-segment", [](TrainSettings& s) { s.rnn.step = RnnStep::segment; }},
      {"rnn", "step-patch", [](TrainSettings& s) { s.rnn.step = RnnStep::patch; }},
      {"rnn", "output-pixel", [](TrainSettings& s) { s.rnn.output = RnnOutput::pixel; }},
      {"unet", "own", [](TrainSettings&) {}},
      {"unet", "width-8", [](TrainSettings& s) { s.width = 8; }},
      {"unet", "width-24", [](TrainSettings& s) { s.width = 24; }},
      {"unet", "rate-2e-3", [](TrainSettings& s) { s.learning_rate = 2e-3; }},
      {"unet-gan", "lambda-1e-4", [](TrainSettings& s) { s.gan_lambda = 1e-4; }},
      {"unet-gan", "own", [](TrainSettings&) {}},
      {"unet-gan", "lambda-1e-2", [](TrainSettings& s) { s.gan_lambda = 1e-2; }},
      {"rnn-gan", "lambda-1e-4", [](TrainSettings& s) { s.gan_lambda = 1e-4; }},
      {"rnn-gan", "own", [](TrainSettings&) {}},
      {"rnn-gan", "lambda-1e-2", [](TrainSettings& s) { s.gan_lambda = 1e-2; }},
  };
  return all;
}

}  // namespace

Plan plan_sweep(Lab& lab) {
  const auto degradation = deblurring();
  const auto training = std::make_shared<const TestPicture>(test_picture(lab.set11(kTrainingPicture), degradation));
  const auto set = std::make_shared<TestSet>(TestSet{"Pictures for choosing", {}});
  for (const auto* name : {"peppers", "boats", "house", "barbara"})
    set->pictures.push_back(test_picture(lab.grey(name), degradation));
  for (const auto& picture : lab.prior_pictures()) set->pictures.push_back(test_picture(picture, degradation));

  Plan plan;
  plan.report.title = "The sweep: what the paper leaves open";
  plan.report.text =
      "Every line changes one setting of its restorer (`own`: none; `noise-jitter` is 1 throughout) and is trained for the same "
      "time on `butterfly`. Scored are grey pictures and BSDS500 training pictures, which no other experiment scores, except "
      "that `robustness` trains on two of them: what is chosen here is not chosen on a test picture.";
  plan.tasks.push_back({"degraded", [set] { return std::vector{input_row("degraded", *set)}; }});
  for (const auto& variant : variants())
    plan.tasks.push_back({text(variant.restorer, "-", variant.name), [&lab, variant, training, set] {
                            auto settings = matched_settings(variant.restorer, kSeconds);
                            variant.change(settings);
                            const auto restorer = lab.train(pair_of(*training), settings);
                            auto row = trained_row(*restorer, settings, training->name);
                            row.label = text(variant.restorer, ", ", variant.name);
                            return std::vector{scored_row(row, *restorer, *set, lab.options().stop)};
                          }});
  return plan;
}

}  // namespace firstframe
