#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "core/restorers/restorer.h"
#include "core/settings/settings.h"

namespace firstframe {

/// What the user says about a restorer that needs no training, see core/restorers/classical/classical.h.
struct ClassicalFlags {
  std::string restorer;
  std::optional<std::string> kernel;  // a description as kernel_named takes it, or a picture's path
  std::optional<std::string> prior;   // "nlm" or a model's path
  std::optional<std::string> border, solver;
  std::optional<double> noise_sigma, prior_sigma, lambda, strength;
  std::optional<std::int64_t> iterations;
  std::optional<std::int64_t> fx_length, fx_traces, fx_samples;
  std::optional<double> fx_prewhitening;
  std::optional<std::string> fx_band;  // "LOW:HIGH"
};

/// Adds --restorer, --kernel, --noise-sigma, --prior, --prior-sigma, --iterations, --lambda, --strength, --solver, --border and those
/// that begin with --fx.
void add_classical_flags(CLI::App& command, ClassicalFlags& flags);

/// The first of the flags that was given, "--kernel" for example, or "" where only --restorer was.
std::string first_given(const ClassicalFlags& flags);

/// The restorer and its flags as they were given, "red kernel=box:3 lambda=0.01"; of kernels and priors that are files also a hash
/// of their content. \throws as content_print
std::string print_of(const ClassicalFlags& flags);

/// The restorer that the flags describe.
/// \throws ArgumentError for flags that do not belong together, and as make_classical
/// \throws FormatError, MissingFileError when the kernel's picture or the prior's model cannot be used
std::shared_ptr<const Restorer> make_classical(const ClassicalFlags& flags, const RestoreSettings& settings,
                                               std::stop_token stop);

}  // namespace firstframe
