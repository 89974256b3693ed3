#pragma once

#include <random>

namespace firstframe {

/// Uniform in (0, 1]; std::uniform_real_distribution differs between standard libraries.
inline double uniform(std::mt19937_64& generator) {
  return (static_cast<double>(generator() >> 11) + 1) * 0x1.0p-53;
}

/// Draws counts of a Poisson distribution.
/// \param mean  > 0
/// Cost: a logarithm and a few uniforms above a mean of 10, about `mean` products below.
/// Source: W. Hoermann, "The transformed rejection method for generating Poisson random variables", Insurance:
/// Mathematics and Economics 12, 1993 (algorithm PTRS, without its shortcuts' tables); below 10, inversion of the
/// distribution by multiplying uniforms (D. Knuth, The Art of Computer Programming 2, 3.4.1).
double poisson(double mean, std::mt19937_64& generator);

}  // namespace firstframe
