#include "pipelines/reproduce/classical_methods.h"

#include <algorithm>
#include <iomanip>
#include <sstream>

#include "core/base/text.h"
#include "core/base/thread_budget.h"
#include "core/tiling/restore_tiled.h"
#include "pipelines/reproduce/at_once.h"

namespace firstframe {
namespace {

constexpr double kPriorStrength = 2;          // of non-local means as a prior, in its sigmas
constexpr std::int64_t kDescentSteps = 300;   // RED's own code takes 1500: hours for these sets on two cores
constexpr std::int64_t kQuickIterations = 2;

ClassicalSettings base(const std::string& method) {
  ClassicalSettings settings;
  settings.method = method;
  settings.border = Border::circular;
  if (method != "nlm") settings.kernel = true_kernel();
  if (method == "nlm" || method == "wiener" || method == "red") settings.noise_sigma = kNoiseSigma;
  return settings;
}

std::shared_ptr<const Restorer> nlm_prior(double sigma) {
  auto settings = base("nlm");
  settings.noise_sigma = sigma;
  settings.strength = kPriorStrength;
  return make_classical(settings);
}

// For every number of a list a candidate.
template <typename Number, typename Put>
std::vector<Candidate> try_all(const ClassicalSettings& start, const std::vector<Number>& numbers,
                               const std::string& name, const Put& put) {
  std::vector<Candidate> all;
  for (const auto number : numbers) {
    all.push_back({text(name, " ", number), start});
    put(all.back().settings, number);
  }
  return all;
}

// For every candidate as many as `numbers`, with another weight of the prior each.
std::vector<Candidate> with_lambdas(const std::vector<Candidate>& candidates, const std::vector<double>& numbers) {
  std::vector<Candidate> all;
  for (const auto& candidate : candidates)
    for (const double lambda : numbers) {
      all.push_back({text("lambda ", lambda, ", ", candidate.text), candidate.settings});
      all.back().settings.lambda = lambda;
    }
  return all;
}

std::vector<Candidate> with_iterations(const std::vector<Candidate>& candidates, const std::vector<std::int64_t>& numbers) {
  std::vector<Candidate> all;
  for (const auto& candidate : candidates)
    for (const auto iterations : numbers) {
      all.push_back({text(candidate.text, ", ", iterations, " iterations"), candidate.settings});
      all.back().settings.iterations = iterations;
    }
  return all;
}

std::vector<Candidate> with_nlm(const ClassicalSettings& start, const std::vector<double>& sigmas) {
  return try_all(start, sigmas, "prior sigma",
                 [](ClassicalSettings& s, double sigma) { s.prior = nlm_prior(sigma); });
}

std::vector<Candidate> with_trained(ClassicalSettings start, Lab& lab) {
  start.prior = lab.trained_prior();
  return {{"prior dncnn of noise 5", start}};
}

ClassicalSettings red(RedSolver solver) {
  auto settings = base("red");
  settings.solver = solver;
  return settings;
}

}  // namespace

std::vector<ClassicalMethod> classical_methods() {
  constexpr double kPaperRed = 28.69, kPaperPnp = 28.81;
  const auto fp = RedSolver::fixed_point, sd = RedSolver::steepest_descent;
  return {
      {"wiener", "Wiener, true kernel", {}, [](Lab&) {
         return try_all(base("wiener"), std::vector<double>{kNoiseSigma, 2, 3}, "noise sigma",
                        [](ClassicalSettings& s, double sigma) { s.noise_sigma = sigma; });
       }},
      {"richardson-lucy", "Richardson-Lucy, true kernel", {}, [](Lab&) {
         return try_all(base("richardson-lucy"), std::vector<std::int64_t>{10, 15, 20, 30}, "iterations",
                        [](ClassicalSettings& s, std::int64_t iterations) { s.iterations = iterations; });
       }},
      {"nlm", "non-local means, noise only", {}, [](Lab&) {
         return try_all(base("nlm"), std::vector<double>{0.4, 0.8, 1.6}, "strength",
                        [](ClassicalSettings& s, double strength) { s.strength = strength; });
       }},
      {"red-fp-nlm", "RED fixed point, prior nlm", kPaperRed, [=](Lab&) {
         return with_lambdas(with_iterations(with_nlm(red(fp), {5, 7}), {30, 100}), {0.003, 0.005, 0.01, 0.02});
       }},
      {"red-sd-nlm", "RED steepest descent, prior nlm", kPaperRed, [=](Lab&) {
         return with_lambdas(with_iterations(with_nlm(red(sd), {5}), {kDescentSteps}), {0.002, 0.005, 0.01});
       }},
      {"red-fp-dncnn", "RED fixed point, prior dncnn", kPaperRed, [=](Lab& lab) {
         return with_lambdas(with_iterations(with_trained(red(fp), lab), {10, 30, 100}), {0.005, 0.01, 0.02, 0.05, 0.1});
       }},
      {"red-sd-dncnn", "RED steepest descent, prior dncnn", kPaperRed, [=](Lab& lab) {
         return with_lambdas(with_iterations(with_trained(red(sd), lab), {kDescentSteps}), {0.005, 0.01, 0.02, 0.05});
       }},
      {"pnp-nlm", "PnP-PGD, prior nlm", kPaperPnp, [](Lab&) {
         return with_lambdas(with_iterations(with_nlm(base("pnp"), {0.5, 1, 2}), {50, 200}), {0.3, 1});
       }},
      {"pnp-dncnn", "PnP-PGD, prior dncnn", kPaperPnp, [](Lab& lab) {
         return with_lambdas(with_iterations(with_trained(base("pnp"), lab), {50, 200}), {0.02, 0.05, 0.1, 0.2});
       }},
  };
}

ChosenClassical choose(const ClassicalMethod& method, const TestPicture& training, Lab& lab) {
  auto candidates = method.candidates(lab);
  for (auto& candidate : candidates) {
    candidate.settings.stop = lab.options().stop;
    auto& iterations = candidate.settings.iterations;
    if (lab.options().quick && iterations) iterations = std::min(*iterations, kQuickIterations);
  }
  std::vector<std::shared_ptr<const Restorer>> restorers(candidates.size());
  std::vector<double> psnr(candidates.size());
  for (std::size_t i = 0; i < candidates.size(); ++i) restorers[i] = make_classical(candidates[i].settings);
  const bool is_parallel = std::all_of(restorers.begin(), restorers.end(), [](const auto& one) { return one->is_parallel(); });
  at_once(candidates.size(), is_parallel ? thread_budget(0) : 1, [&](std::size_t i) {
    RestoreSettings one_thread;
    one_thread.threads = 1;
    psnr[i] = score(training, restore(*restorers[i], training.degraded.view(), one_thread, lab.options().stop)).full_db;
  });
  std::ostringstream note;
  note << "chosen on " << training.name << " among" << std::fixed << std::setprecision(2);
  for (std::size_t i = 0; i < candidates.size(); ++i)
    note << (i == 0 ? " " : "; ") << candidates[i].text << ": " << psnr[i] << " dB";
  const auto best = static_cast<std::size_t>(std::max_element(psnr.begin(), psnr.end()) - psnr.begin());
  return {restorers[best], candidates[best].text, note.str()};
}

}  // namespace firstframe
