#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "core/degradation/kernel.h"
#include "core/frame/border.h"
#include "core/restorers/restorer.h"
#include "core/seismic/fx_deconvolution.h"

namespace firstframe {

/// How the minimum of RED is approached.
enum class RedSolver {
  steepest_descent,  // small safe steps
  fixed_point,       // solves the data term exactly in every iteration: several times fewer of them
};
std::string_view name_of(RedSolver solver);  // "sd", "fp"
std::optional<RedSolver> red_solver_named(std::string_view name);

/// Restoration from a known degradation instead of a training pair. What a method does not use must be left out,
/// what it needs must be there; the others have the method's own default.
///
/// | method          | needs                      | takes                      |
/// |-----------------|----------------------------|----------------------------|
/// | wiener          | kernel, noise_sigma        |                            |
/// | richardson-lucy | kernel                     | iterations                 |
/// | nlm             | noise_sigma                | strength                   |
/// | red             | kernel, noise_sigma, prior | iterations, lambda, solver |
/// | pnp             | kernel, prior              | iterations, lambda         |
/// | fx              |                            | fx                         |
struct ClassicalSettings {
  std::string method;
  std::optional<Kernel> kernel;             // sum 1; degraded(r, c) = sum of kernel.at(y, x) clean(r + y, c + x)
  std::optional<double> noise_sigma;        // 8-bit units: 255 is the whole value range
  std::optional<std::int64_t> iterations;   // richardson-lucy 20, red 1500 (fixed_point: 200), pnp 200
  std::optional<double> lambda;             // red: weight of the prior, 0.01; pnp: part of the prior's change, 0..1, 1
  std::optional<double> strength;           // nlm: decay of its weights in noise sigmas, 0.8
  std::optional<RedSolver> solver;          // red: steepest_descent
  std::optional<FxSettings> fx;             // fx: see fx_deconvolution.h
  Border border = Border::reflect;          // how sections go on beyond their edge
  std::shared_ptr<const Restorer> prior;    // red, pnp: a denoiser of 1 channel, trained or nlm
  std::stop_token stop;                     // red, pnp, richardson-lucy: asked in every iteration
};

/// A restorer of 1-channel sections that was not trained. It has no weights: model() throws ArgumentError.
///
/// Same bytes for any number of threads and any split into requests. Sections up to 512 pixels a side (wiener, fx: 16384)
/// are one tile; larger ones are cut, with a halo beyond which the neighbour is no longer felt.
/// With Border::circular a section of one tile is restored as the period it is, without a halo.
///
/// \throws ArgumentError when the method is unknown, a setting is missing, not the method's or out of range, the
///         kernel's taps do not sum to 1, or the prior has more than 1 channel
/// restore_tile() throws Cancelled when `stop` was requested.
std::shared_ptr<const Restorer> make_classical(const ClassicalSettings& settings);

/// Whether make_classical knows the method.
bool is_classical(std::string_view name);

/// "wiener, richardson-lucy, nlm, red, pnp, fx", for messages.
std::string classical_names();

}  // namespace firstframe
