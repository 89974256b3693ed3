#include "core/degradation/noise.h"

#include <tbb/parallel_for.h>

#include <cmath>
#include <numbers>
#include <random>

namespace firstframe {
namespace {

// Uniform in (0, 1]; std::uniform_real_distribution differs between standard libraries.
double uniform(std::mt19937_64& generator) {
  return (static_cast<double>(generator() >> 11) + 1) * 0x1.0p-53;
}

}  // namespace

void add_gaussian_noise(Section& section, double sigma, std::uint64_t seed) {
  const auto cols = section.extent().cols;
  float* values = section.samples<float>();
  tbb::parallel_for(std::int64_t{0}, section.channels() * section.extent().rows, [&](std::int64_t row) {
    std::seed_seq seeds{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32),
                        static_cast<std::uint32_t>(row)};
    std::mt19937_64 generator(seeds);
    float* line = values + row * cols;
    for (std::int64_t c = 0; c < cols; c += 2) {
      const double radius = sigma * std::sqrt(-2 * std::log(uniform(generator)));
      const double angle = 2 * std::numbers::pi * uniform(generator);
      line[c] += static_cast<float>(radius * std::cos(angle));
      if (c + 1 < cols) line[c + 1] += static_cast<float>(radius * std::sin(angle));
    }
  });
}

}  // namespace firstframe
