#include "core/restorers/classical/untrained_restorer.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/base/version.h"

namespace firstframe {
namespace {

std::string settings_text(const ClassicalSettings& settings) {
  std::string all;
  const auto add = [&](std::string_view name, const auto& value) {
    all += text(all.empty() ? "" : " ", name, "=", value);
  };
  if (settings.kernel) add("kernel-size", settings.kernel->size);
  if (settings.noise_sigma) add("noise-sigma", *settings.noise_sigma);
  if (settings.iterations) add("iterations", *settings.iterations);
  if (settings.lambda) add("lambda", *settings.lambda);
  if (settings.strength) add("strength", *settings.strength);
  if (settings.solver) add("solver", name_of(*settings.solver));
  if (settings.fx) {
    add("fx-length", settings.fx->filter_length);
    add("fx-traces", settings.fx->window_traces);
    add("fx-samples", settings.fx->window_samples);
    add("fx-prewhitening", settings.fx->prewhitening);
    add("fx-band", text(settings.fx->lowest, ":", settings.fx->highest));
  }
  if (settings.prior) add("prior", settings.prior->info().restorer);
  return all;
}

}  // namespace

UntrainedRestorer::UntrainedRestorer(const ClassicalSettings& settings, TileNeeds needs) : needs_(needs) {
  info_.restorer = settings.method;
  info_.receptive_field = 2 * needs.halo + 1;
  info_.border = settings.border;
  info_.settings = settings_text(settings);
  info_.versions = text("firstframe ", kVersion);
}

TileNeeds UntrainedRestorer::tile_needs(const RestoreSettings& settings) const {
  if (settings.stride > 0) throw ArgumentError(text("stride: restorer ", info_.restorer, " cuts no patches; leave it out"));
  if (settings.ensemble > 1) throw ArgumentError(text("ensemble: restorer ", info_.restorer, " has none; leave it out"));
  return needs_;
}

Model UntrainedRestorer::model() const {
  throw ArgumentError(text("restorer ", info_.restorer,
                           ": has no weights to save; give its settings again where it is used"));
}

}  // namespace firstframe
