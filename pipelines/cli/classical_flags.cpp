#include "pipelines/cli/classical_flags.h"

#include <charconv>
#include <filesystem>
#include <utility>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/restorers/classical/classical.h"
#include "core/settings/setting_table.h"
#include "io/files/file_print.h"
#include "io/model/model_file.h"
#include "pipelines/cli/kernel_flag.h"

namespace firstframe {
namespace {

// As a prior, non-local means forgive less than by themselves: what they leave in one iteration the next finds again.
// red weighs the prior against the data, pnp follows it in every one of its small steps and wants a weaker one.
// (Chosen on three pictures of Set11, parrots, starfish and leaves, at blur 1.6 and noise sqrt(2).)
constexpr double kRedPriorSigma = 5, kPnpPriorSigma = 1;  // 8-bit units
constexpr double kPriorStrength = 2;                      // prior sigmas

bool is_nlm(const std::optional<std::string>& prior) { return prior == "nlm"; }

std::shared_ptr<const Restorer> prior_from(const ClassicalFlags& flags, Border border,
                                           const RestoreSettings& settings) {
  if (is_nlm(flags.prior)) {
    ClassicalSettings nlm;
    nlm.method = "nlm";
    nlm.noise_sigma = flags.prior_sigma.value_or(flags.restorer == "pnp" ? kPnpPriorSigma : kRedPriorSigma);
    nlm.strength = flags.strength.value_or(kPriorStrength);
    nlm.border = border;
    return make_classical(nlm);
  }
  return make_restorer(read_model(*flags.prior), settings.device, settings.precision);
}

// "LOW:HIGH" in cycles per sample; what they may be check_fx says.
void read_band(const std::string& given, FxSettings& fx) {
  const auto colon = given.find(':');
  const auto number = [&](std::size_t from, std::size_t to, double& value) {
    const auto [end, error] = std::from_chars(given.data() + from, given.data() + to, value);
    return error == std::errc{} && end == given.data() + to;
  };
  if (colon == std::string::npos || !number(0, colon, fx.lowest) || !number(colon + 1, given.size(), fx.highest))
    throw ArgumentError(text("fx-band: '", given, "' is not accepted; use LOW:HIGH in cycles per sample, such as 0.02:0.3"));
}

// Nothing where no --fx flag was given.
std::optional<FxSettings> fx_settings(const ClassicalFlags& flags) {
  FxSettings fx;
  if (flags.fx_length) fx.filter_length = *flags.fx_length;
  if (flags.fx_traces) fx.window_traces = *flags.fx_traces;
  if (flags.fx_samples) fx.window_samples = *flags.fx_samples;
  if (flags.fx_prewhitening) fx.prewhitening = *flags.fx_prewhitening;
  if (flags.fx_band) read_band(*flags.fx_band, fx);
  const bool is_given = flags.fx_length || flags.fx_traces || flags.fx_samples || flags.fx_prewhitening || flags.fx_band;
  return is_given ? std::optional(fx) : std::nullopt;
}

}  // namespace

void add_classical_flags(CLI::App& command, ClassicalFlags& flags) {
  const std::string group = "Restoring without training";
  const auto add = [&](const char* name, auto& target, const char* help, const char* type) {
    return command.add_option(name, target, help)->type_name(type)->group(group);
  };
  add("--restorer", flags.restorer, "Instead of --model: wiener, richardson-lucy, nlm, red, pnp, fx", "NAME");
  add("--kernel", flags.kernel,
      "Blur to undo (all but nlm and fx): gaussian:SIGMA[:SIZE], box:SIZE (box:1 for none), or a grey picture of a "
      "blurred point",
      "KERNEL");
  add("--noise-sigma", flags.noise_sigma,
      "Noise of the input (wiener, nlm, red), 8-bit units (255 is the whole range)", "SIGMA");
  add("--prior", flags.prior,
      "Denoiser that says what pictures look like (red, pnp): nlm, or a model trained on noise", "nlm|MODEL");
  add("--prior-sigma", flags.prior_sigma,
      "Noise that the prior nlm removes, 8-bit units; default for red 5, for pnp 1", "SIGMA");
  add("--iterations", flags.iterations, "Default: richardson-lucy 20, red 1500 (solver fp: 200), pnp 200",
      "N");
  add("--lambda", flags.lambda,
      "red: weight of the prior, default 0.01; pnp: part of its change to take, default 1", "NUMBER");
  add("--strength", flags.strength, "nlm: decay of its weights in noise sigmas, default 0.8; as a prior 2",
      "NUMBER");
  add("--solver", flags.solver, "red: sd, steepest descent, or fp, fixed point; default sd", "NAME")
      ->check(CLI::IsMember({"sd", "fp"}));
  add("--border", flags.border,
      "How pictures go on beyond their edge: reflect, circular, replicate; default reflect", "NAME")
      ->check(CLI::IsMember({"reflect", "circular", "replicate"}));
  add("--fx-length", flags.fx_length, "fx: traces that predict the next one, default 4", "TRACES");
  add("--fx-traces", flags.fx_traces, "fx: width of a window, 0 for all; default 24", "TRACES");
  add("--fx-samples", flags.fx_samples, "fx: length of a window, 0 for all; default 64", "SAMPLES");
  add("--fx-prewhitening", flags.fx_prewhitening, "fx: part of their power added to the filter's equations, default 0.01", "NUMBER");
  add("--fx-band", flags.fx_band, "fx: frequencies that hold signal, cycles per sample; default 0:0.5, nothing removed", "LOW:HIGH");
}

std::string first_given(const ClassicalFlags& flags) {
  const std::pair<bool, const char*> all[] = {
      {flags.kernel.has_value(), "--kernel"},         {flags.noise_sigma.has_value(), "--noise-sigma"},
      {flags.prior.has_value(), "--prior"},           {flags.prior_sigma.has_value(), "--prior-sigma"},
      {flags.iterations.has_value(), "--iterations"}, {flags.lambda.has_value(), "--lambda"},
      {flags.strength.has_value(), "--strength"},     {flags.solver.has_value(), "--solver"},
      {flags.border.has_value(), "--border"},         {flags.fx_length.has_value(), "--fx-length"},
      {flags.fx_traces.has_value(), "--fx-traces"},   {flags.fx_samples.has_value(), "--fx-samples"},
      {flags.fx_prewhitening.has_value(), "--fx-prewhitening"}, {flags.fx_band.has_value(), "--fx-band"}};
  for (const auto& [is_given, name] : all)
    if (is_given) return name;
  return "";
}

std::string print_of(const ClassicalFlags& flags) {
  std::string print = flags.restorer;
  const auto add = [&](const char* name, const std::optional<std::string>& value) {
    if (value) print += text(" ", name, "=", *value);
  };
  const auto add_file = [&](const char* name, const std::optional<std::string>& value) {
    add(name, value);
    if (value && std::filesystem::is_regular_file(*value)) print += " " + content_print(*value);
  };
  const auto add_number = [&](const char* name, const std::optional<double>& value) {
    if (value) add(name, text_of(SettingValue{*value}));
  };
  add_file("kernel", flags.kernel);
  add_file("prior", flags.prior);
  add_number("noise-sigma", flags.noise_sigma);
  add_number("prior-sigma", flags.prior_sigma);
  add_number("lambda", flags.lambda);
  add_number("strength", flags.strength);
  if (flags.iterations) add("iterations", text(*flags.iterations));
  add("solver", flags.solver);
  add("fx-band", flags.fx_band);
  add_number("fx-prewhitening", flags.fx_prewhitening);
  for (const auto& [name, value] : {std::pair{"fx-length", flags.fx_length}, std::pair{"fx-traces", flags.fx_traces},
                                    std::pair{"fx-samples", flags.fx_samples}})
    if (value) add(name, text(*value));
  return print;
}

std::shared_ptr<const Restorer> make_classical(const ClassicalFlags& flags, const RestoreSettings& settings,
                                               std::stop_token stop) {
  if (!is_classical(flags.restorer))
    throw ArgumentError(text("restorer: '", flags.restorer, "' is not one that works without training; use ",
                             classical_names(), ", or --model with a trained one"));
  if (flags.prior_sigma && !is_nlm(flags.prior))
    throw ArgumentError("prior-sigma: belongs to --prior nlm; a model removes the noise it was trained on");
  ClassicalSettings classical;
  classical.method = flags.restorer;
  classical.noise_sigma = flags.noise_sigma;
  classical.iterations = flags.iterations;
  classical.lambda = flags.lambda;
  if (flags.border) classical.border = *border_named(*flags.border);
  if (flags.solver) classical.solver = red_solver_named(*flags.solver);
  if (!is_nlm(flags.prior)) classical.strength = flags.strength;  // else it is the prior's
  if (flags.kernel) classical.kernel = kernel_from(*flags.kernel);
  if (flags.prior) classical.prior = prior_from(flags, classical.border, settings);
  classical.fx = fx_settings(flags);
  classical.stop = std::move(stop);
  return make_classical(classical);
}

}  // namespace firstframe
