#pragma once

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/metrics/psnr.h"
#include "core/restorers/classical/classical.h"
#include "core/tiling/restore_tiled.h"
#include "tests/core/support/sections.h"
#include "tests/support/messages.h"
#include "tests/support/scenes.h"

namespace firstframe {

/// A scene, blurred and noisy as the comparison of RED has it, with its clean self.
struct Blurred {
  Section clean, degraded;
  Kernel kernel = gaussian_psf(1.6, 25);
  double noise_sigma = 1.414;

  explicit Blurred(Border border = Border::reflect, Extent extent = {96, 112})
      : clean(scene(extent, SampleType::float32, 3)) {
    Degradation degradation;
    degradation.blur_sigma = 1.6;
    degradation.noise_sigma = noise_sigma;
    degradation.border = border;
    degraded = degrade(clean.view(), degradation);
  }

  /// dB that a restorer wins.
  double gain(const ClassicalSettings& settings) const {
    const auto restored = restore(*make_classical(settings), degraded.view());
    return psnr(restored.view(), clean.view()) - psnr(degraded.view(), clean.view());
  }
};

/// Non-local means that smooth enough to serve as a prior.
inline std::shared_ptr<const Restorer> nlm_prior(Border border = Border::reflect) {
  ClassicalSettings settings;
  settings.method = "nlm";
  settings.noise_sigma = 5;
  settings.strength = 2;
  settings.border = border;
  return make_classical(settings);
}

/// Settings with which a method works; red and pnp take few iterations.
inline ClassicalSettings working(const std::string& method, Border border = Border::reflect) {
  ClassicalSettings settings;
  settings.method = method;
  settings.border = border;
  if (method != "nlm") settings.kernel = gaussian_psf(1.6, 25);
  if (method == "wiener" || method == "nlm" || method == "red") settings.noise_sigma = 1.414;
  if (method == "red" || method == "pnp") {
    settings.prior = nlm_prior(border);
    settings.iterations = 10;
  }
  if (method == "red") settings.solver = RedSolver::fixed_point;
  return settings;
}

inline constexpr const char* kMethods[] = {"wiener", "richardson-lucy", "nlm", "red", "pnp"};

}  // namespace firstframe
