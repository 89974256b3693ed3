#pragma once

#include <cstdint>

#include "core/frame/section.h"

namespace firstframe {

/// Adds white Gaussian noise to every value of a float32 section.
///
/// \param sigma  standard deviation in units of the section's values
/// \param seed   the same seed gives the same noise on every machine and for any number of threads
///               (mt19937_64 and Box-Muller, one generator per row)
void add_gaussian_noise(Section& section, double sigma, std::uint64_t seed);

}  // namespace firstframe
