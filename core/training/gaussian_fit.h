#pragma once

#include <optional>

#include "core/training/kernel_fit.h"

namespace firstframe {

/// The Gaussian that stands for a kernel fitted freely, where the pair cannot tell the two apart.
///
/// Four unknowns, sigma, centre down and across, and gain, instead of a tap each: what lies beyond the free kernel's
/// square is known, too, and every tap better. Gauss-Newton on the squared error from the free kernel's own moments;
/// taken when its squared error is larger than the free kernel's by no more than as many units of noise as it has fewer
/// unknowns, give or take three standard deviations of that number (a chi-squared test).
/// \return nothing when another shape fits better, or the kernel is narrower than a Gaussian of 0.4 pixels
/// Cost: a few products with the matrix of the equations, 0.05 s for 31 x 31 taps.
std::optional<KernelFit> fit_gaussian(const KernelEquations& equations, const KernelFit& free);

/// The Gaussian where the kernel is one, the free kernel where it is not.
KernelFit fit_blur(const KernelEquations& equations);

}  // namespace firstframe
