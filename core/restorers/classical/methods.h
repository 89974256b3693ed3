#pragma once

#include <memory>

#include "core/restorers/classical/classical.h"

namespace firstframe {

// The family; each is defined in its own file. Settings are checked before.

/// Wiener deconvolution: restored spectrum = conj(H) Y / (|H|^2 + noise / signal), the signal's spectrum a power law
/// |f|^-2 with the variance of the section. Source: N. Wiener, "Extrapolation, Interpolation, and Smoothing of
/// Stationary Time Series", 1949; the power law of natural pictures: D. Field, J. Opt. Soc. Am. A 4(12), 1987.
/// Cost: two Fourier transforms, and 40 bytes a pixel, on one thread a section.
std::shared_ptr<const Restorer> make_wiener(const ClassicalSettings& settings);

/// Richardson-Lucy: x <- x H^T(y / H x), the maximum likelihood under Poisson noise, never negative.
/// Source: W. Richardson, J. Opt. Soc. Am. 62(1), 1972; L. Lucy, Astron. J. 79(6), 1974.
/// Cost: four Fourier transforms an iteration.
std::shared_ptr<const Restorer> make_richardson_lucy(const ClassicalSettings& settings);

/// Non-local means, see non_local_means.h.
std::shared_ptr<const Restorer> make_nlm(const ClassicalSettings& settings);

/// Regularisation by denoising: the minimum of |H x - y|^2 / (2 s^2) + lambda / 2 x^T (x - f(x)), f the prior, with
/// s the noise sigma in 8-bit units; restored values lie in 0..1.
/// Source: Y. Romano, M. Elad, P. Milanfar, "The Little Engine that Could: Regularization by Denoising (RED)", SIAM
/// J. Imaging Sci. 10(4), 2017; the step 2 / (1 / s^2 + lambda) and the numbers of iterations are those of its code.
/// Cost: one pass of the prior and two Fourier transforms an iteration.
std::shared_ptr<const Restorer> make_red(const ClassicalSettings& settings);

/// Plug-and-play proximal gradient descent: z = x - H^T(H x - y) / max |H|^2, x <- z + lambda (f(z) - z), f the prior; restored
/// values lie in 0..1. Source: S. Venkatakrishnan, C. Bouman, B. Wohlberg, "Plug-and-Play Priors for Model Based
/// Reconstruction", GlobalSIP 2013; lambda below 1: S. Hurault et al., "A relaxed proximal gradient descent algorithm
/// for convergent plug-and-play with proximal denoiser", SSVM 2023. Cost: as make_red.
std::shared_ptr<const Restorer> make_pnp(const ClassicalSettings& settings);

/// f-x deconvolution of seismic sections, see fx_deconvolution.h. A section is one tile; the border has no meaning for it.
std::shared_ptr<const Restorer> make_fx(const ClassicalSettings& settings);

}  // namespace firstframe
