#include "core/restorers/classical/classical.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/restorers/classical/methods.h"

namespace firstframe {
namespace {

using Names = std::vector<std::string_view>;

struct Method {
  std::string_view name;
  Names needs;  // settings without a default
  Names takes;  // settings with one
  double largest_lambda = 0;
  std::shared_ptr<const Restorer> (*make)(const ClassicalSettings&) = nullptr;
};

const std::array kMethods = {
    Method{"wiener", {"kernel", "noise-sigma"}, {}, 0, make_wiener},
    Method{"richardson-lucy", {"kernel"}, {"iterations"}, 0, make_richardson_lucy},
    Method{"nlm", {"noise-sigma"}, {"strength"}, 0, make_nlm},
    Method{"red", {"kernel", "noise-sigma", "prior"}, {"iterations", "lambda", "solver"}, 1000, make_red},
    Method{"pnp", {"kernel", "prior"}, {"iterations", "lambda"}, 1, make_pnp},
    Method{"fx", {}, {"fx settings"}, 0, make_fx},
};

bool has(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

Names given(const ClassicalSettings& settings) {
  Names names;
  const auto note = [&](bool is_given, std::string_view name) {
    if (is_given) names.push_back(name);
  };
  note(settings.kernel.has_value(), "kernel");
  note(settings.noise_sigma.has_value(), "noise-sigma");
  note(settings.iterations.has_value(), "iterations");
  note(settings.lambda.has_value(), "lambda");
  note(settings.strength.has_value(), "strength");
  note(settings.solver.has_value(), "solver");
  note(settings.prior != nullptr, "prior");
  note(settings.fx.has_value(), "fx settings");
  return names;
}

std::string joined(Names names, const Names& more) {
  names.insert(names.end(), more.begin(), more.end());
  std::string all;
  for (const auto name : names) all += text(all.empty() ? "" : ", ", name);
  return all;
}

void check_fit(const Method& method, const ClassicalSettings& settings) {
  const auto found = given(settings);
  for (const auto name : method.needs)
    if (!has(found, name))
      throw ArgumentError(
          text("restorer ", method.name, ": ", name, " is missing; it needs ", joined(method.needs, {}),
               has(method.needs, "kernel") ? " (kernel box:1 where nothing is blurred)" : ""));
  for (const auto name : found)
    if (!has(method.needs, name) && !has(method.takes, name))
      throw ArgumentError(text("restorer ", method.name, ": ", name, " has no meaning for it; it uses ",
                               joined(method.needs, method.takes)));
}

// Zero itself is never accepted.
void check_range(const Method& method, std::string_view name, std::optional<double> value, double highest) {
  if (value && !(*value > 0 && *value <= highest))
    throw ArgumentError(text("restorer ", method.name, ": ", name, " ", *value,
                             " is not accepted; use more than 0, at most ", highest));
}

void check_kernel(const Method& method, const Kernel& kernel) {
  if (kernel.size < 1 || kernel.size % 2 == 0 ||
      static_cast<std::int64_t>(kernel.taps.size()) != kernel.size * kernel.size)
    throw ArgumentError(text("restorer ", method.name, ": a kernel of size ", kernel.size, " with ",
                             kernel.taps.size(),
                             " taps is not accepted; use an odd size and size x size taps"));
  const double sum = std::accumulate(kernel.taps.begin(), kernel.taps.end(), 0.0);
  if (!(std::abs(sum - 1) < 1e-3))
    throw ArgumentError(
        text("restorer ", method.name, ": the kernel's taps sum to ", sum, "; divide them by their sum"));
  if (method.make == make_richardson_lucy && *std::min_element(kernel.taps.begin(), kernel.taps.end()) < 0)
    throw ArgumentError(
        "restorer richardson-lucy: the kernel has negative taps, which light has not; use wiener, red or "
        "pnp");
}

}  // namespace

std::string_view name_of(RedSolver solver) { return solver == RedSolver::steepest_descent ? "sd" : "fp"; }

std::optional<RedSolver> red_solver_named(std::string_view name) {
  for (const auto solver : {RedSolver::steepest_descent, RedSolver::fixed_point})
    if (name == name_of(solver)) return solver;
  return std::nullopt;
}

bool is_classical(std::string_view name) {
  return std::any_of(kMethods.begin(), kMethods.end(),
                     [&](const Method& method) { return method.name == name; });
}

std::string classical_names() {
  Names names;
  for (const auto& method : kMethods) names.push_back(method.name);
  return joined(names, {});
}

std::shared_ptr<const Restorer> make_classical(const ClassicalSettings& settings) {
  const auto method = std::find_if(kMethods.begin(), kMethods.end(),
                                   [&](const Method& one) { return one.name == settings.method; });
  if (method == kMethods.end())
    throw ArgumentError(text("restorer: '", settings.method, "' is not one that works without training; use ",
                             classical_names()));
  check_fit(*method, settings);
  check_range(*method, "noise-sigma", settings.noise_sigma, 255);
  check_range(*method, "iterations", settings.iterations, 100'000);
  check_range(*method, "lambda", settings.lambda, method->largest_lambda);
  check_range(*method, "strength", settings.strength, 100);
  if (settings.kernel) check_kernel(*method, *settings.kernel);
  if (settings.prior && settings.prior->info().channels != 1)
    throw ArgumentError(text("restorer ", method->name, ": a prior of ", settings.prior->info().channels,
                             " channels is not accepted; train one on the luma"));
  if (settings.prior && settings.prior->info().scale != 1)
    throw ArgumentError(text("restorer ", method->name, ": a prior of scale ", settings.prior->info().scale,
                             " is not accepted; train one on frames of one size"));
  return method->make(settings);
}

}  // namespace firstframe
