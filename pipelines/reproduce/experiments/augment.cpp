// Whether fresh degradations help, for degradations that a pair explains and for some that it does not.

#include <functional>
#include <memory>

#include "core/base/text.h"
#include "core/degradation/blur.h"
#include "core/degradation/noise.h"
#include "pipelines/reproduce/experiment.h"
#include "pipelines/reproduce/scored_row.h"

namespace firstframe {
namespace {

constexpr const char* kTrainingPicture = "butterfly";
constexpr double kSeconds = 15;
constexpr double kStrength = 0.15;  // of multiplicative and of correlated noise, full range being 1
constexpr double kGrain = 1;        // pixels: sigma of the Gaussian that correlates it

struct Case {
  std::string name, words;
  std::function<TestPicture(const CleanPicture&)> degraded;
};

TestPicture noisy(const CleanPicture& picture, double sigma) {
  Degradation degradation;
  degradation.noise_sigma = sigma;
  degradation.border = Border::circular;
  return test_picture(picture, degradation);
}

// Noise of unit strength, drawn for that picture.
Section unit_noise(const CleanPicture& picture) {
  Section noise(SampleType::float32, 1, picture.pixels.extent());
  add_gaussian_noise(noise, 1, picture.seed);
  return noise;
}

TestPicture speckled(const CleanPicture& picture) {
  auto test = noisy(picture, 0);
  const auto noise = unit_noise(picture);
  for (std::int64_t i = 0; i < test.clean.extent().area(); ++i)
    test.degraded.samples<float>()[i] *= static_cast<float>(1 + kStrength * noise.samples<float>()[i]);
  test.input = test.degraded;
  return test;
}

TestPicture grained(const CleanPicture& picture) {
  auto test = noisy(picture, 0);
  auto noise = unit_noise(picture);
  blur(noise, gaussian_kernel(kGrain, 9), Border::circular);
  for (std::int64_t i = 0; i < test.clean.extent().area(); ++i)
    test.degraded.samples<float>()[i] += static_cast<float>(kStrength) * noise.samples<float>()[i];
  test.input = test.degraded;
  return test;
}

std::vector<Case> cases() {
  return {{"blur", "blur 1.6, noise sqrt(2)", [](const CleanPicture& picture) { return test_picture(picture, deblurring()); }},
          {"noise", "noise 25", [](const CleanPicture& picture) { return noisy(picture, 25); }},
          {"x3", "x 3", [](const CleanPicture& picture) { return test_picture(picture, super_resolution()); }},
          {"speckle", "multiplicative noise", speckled},
          {"grain", "correlated noise", grained}};
}

ReportRow trained(Lab& lab, const Case& one, const TestPicture& training, const TestSet& set, Augment augment) {
  auto settings = matched_settings("residual", kSeconds);
  settings.augment = augment;
  const auto restorer = lab.train(pair_of(training), settings);
  const auto& info = restorer->info();
  auto row = trained_row(*restorer, settings, training.name);
  row.label = text(one.words, ", ", info.augment, augment == Augment::automatic ? " (chosen)" : " (asked for)");
  if (info.held_out_psnr) row.figures["held-out stripe, dB"] = *info.held_out_psnr;
  return scored_row(row, *restorer, set, lab.options().stop);
}

}  // namespace

Plan plan_augment(Lab& lab) {
  Plan plan;
  plan.report.title = "Fresh degradations or the pair as it is";
  plan.report.text = text(
      "What `augment auto` chooses for five degradations of `butterfly`, and the other choice, asked for. The choice is made from "
      "the pair alone, before training: fresh degradations where what kernel and offset leave is white noise that has a law, "
      "the pair's own noise moved about where it is strong and shared by neighbours ([identification](../identification.md)). Multiplicative noise is ", kStrength, " times the value, correlated noise is white "
      "noise of ", kStrength, " blurred by ", kGrain, " pixel. The PSNR on the held-out stripe, which no training sees, and on the "
      "other pictures of Set11 tell whether it was right.");
  for (const auto& one : cases()) {
    const auto training = std::make_shared<const TestPicture>(one.degraded(lab.set11(kTrainingPicture)));
    const auto set = std::make_shared<TestSet>(TestSet{"Set11", {}});
    for (const auto& picture : lab.set11())
      if (picture.name != kTrainingPicture) set->pictures.push_back(one.degraded(picture));
    plan.tasks.push_back({one.name + "-degraded", [one, set] { return std::vector{input_row(one.words + ", degraded", *set)}; }});
    plan.tasks.push_back({one.name, [&lab, one, training, set] {
                            const auto chosen = trained(lab, one, *training, *set, Augment::automatic);
                            const bool is_as_it_is = chosen.label.find(", none") != std::string::npos;
                            return std::vector{chosen, trained(lab, one, *training, *set, is_as_it_is ? Augment::redegrade : Augment::none)};
                          }});
  }
  return plan;
}

}  // namespace firstframe
