#pragma once

#include <cstdint>
#include <vector>

#include "core/frame/border.h"
#include "core/frame/section.h"

namespace firstframe {

/// `size` weights of a Gaussian of standard deviation `sigma` pixels, centred, with sum 1.
/// \throws ArgumentError unless size is odd and > 0 and sigma > 0
std::vector<double> gaussian_kernel(double sigma, std::int64_t size);

/// Blurs every channel of a float32 section in place, rows and columns with the same kernel.
/// Cost: 2 * kernel products per value.
void blur(Section& section, const std::vector<double>& kernel, Border border);

/// The same with room for one channel that calls may share, so that frame after frame needs no new memory.
void blur(Section& section, const std::vector<double>& kernel, Border border, std::vector<float>& between);

/// Weights of a kernel that reaches 4 `sigma`, beyond which a Gaussian is below 0.04 % of its middle.
std::int64_t gaussian_size(double sigma);

}  // namespace firstframe
