#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/frame/section.h"

namespace firstframe {

/// How noise depends on the value x it falls on, normalised to 0..1. At mid grey (0.5) all kinds are equally strong.
enum class NoiseKind {
  gaussian,  // x + sigma g: the same strength everywhere
  poisson,   // photons: P(N x) / N with N = 0.5 / sigma^2 photons at full white; the variance 2 sigma^2 x grows with x
  speckle,   // x (1 + 2 sigma g): multiplicative; the standard deviation 2 sigma x grows with x
};
std::string_view name_of(NoiseKind kind);
/// \return nothing when no kind has that name
std::optional<NoiseKind> noise_kind_named(std::string_view name);

/// Adds white noise to every value of a float32 section. Where a value is 0 or less, poisson leaves it as it is.
///
/// \param sigma  standard deviation at mid grey in units of the section's values; 0 or less changes nothing
/// \param seed   the same seed gives the same noise for any number of threads (mt19937_64, one generator per row)
void add_noise(Section& section, NoiseKind kind, double sigma, std::uint64_t seed);

/// The same of kind gaussian, by Box-Muller: on every machine the same.
void add_gaussian_noise(Section& section, double sigma, std::uint64_t seed);

}  // namespace firstframe
