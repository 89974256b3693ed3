#include "core/degradation/noise.h"

#include <tbb/parallel_for.h>

#include <cmath>
#include <numbers>
#include <random>

#include "core/degradation/poisson.h"

namespace firstframe {
namespace {

constexpr double kMidGrey = 0.5;

// Calls add(line, cols, generator) for every row of every channel, each with a generator of its own.
template <typename Add>
void for_rows(Section& section, std::uint64_t seed, const Add& add) {
  const auto cols = section.extent().cols;
  float* values = section.samples<float>();
  tbb::parallel_for(std::int64_t{0}, section.channels() * section.extent().rows, [&](std::int64_t row) {
    std::seed_seq seeds{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32),
                        static_cast<std::uint32_t>(row)};
    std::mt19937_64 generator(seeds);
    add(values + row * cols, cols, generator);
  });
}

// Changes every value of a row by change(value, number), number being drawn from a Gaussian of deviation `sigma`.
template <typename Change>
auto with_gaussian(double sigma, const Change& change) {
  return [sigma, change](float* line, std::int64_t cols, std::mt19937_64& generator) {
    for (std::int64_t c = 0; c < cols; c += 2) {
      const double radius = sigma * std::sqrt(-2 * std::log(uniform(generator)));
      const double angle = 2 * std::numbers::pi * uniform(generator);
      line[c] = change(line[c], static_cast<float>(radius * std::cos(angle)));
      if (c + 1 < cols) line[c + 1] = change(line[c + 1], static_cast<float>(radius * std::sin(angle)));
    }
  };
}

void add_poisson_noise(Section& section, double sigma, std::uint64_t seed) {
  const double photons = kMidGrey / (sigma * sigma);  // of a white pixel
  for_rows(section, seed, [photons](float* line, std::int64_t cols, std::mt19937_64& generator) {
    for (std::int64_t c = 0; c < cols; ++c)
      if (line[c] > 0) line[c] = static_cast<float>(poisson(photons * line[c], generator) / photons);
  });
}

void add_speckle(Section& section, double sigma, std::uint64_t seed) {
  for_rows(section, seed, with_gaussian(sigma / kMidGrey, [](float value, float number) { return value + value * number; }));
}

}  // namespace

std::string_view name_of(NoiseKind kind) {
  switch (kind) {
    case NoiseKind::poisson: return "poisson";
    case NoiseKind::speckle: return "speckle";
    case NoiseKind::gaussian: break;
  }
  return "gaussian";
}

std::optional<NoiseKind> noise_kind_named(std::string_view name) {
  for (const auto kind : {NoiseKind::gaussian, NoiseKind::poisson, NoiseKind::speckle})
    if (name == name_of(kind)) return kind;
  return std::nullopt;
}

void add_gaussian_noise(Section& section, double sigma, std::uint64_t seed) {
  for_rows(section, seed, with_gaussian(sigma, [](float value, float number) { return value + number; }));
}

void add_noise(Section& section, NoiseKind kind, double sigma, std::uint64_t seed) {
  if (!(sigma > 0)) return;
  switch (kind) {
    case NoiseKind::gaussian: return add_gaussian_noise(section, sigma, seed);
    case NoiseKind::poisson: return add_poisson_noise(section, sigma, seed);
    case NoiseKind::speckle: return add_speckle(section, sigma, seed);
  }
}

}  // namespace firstframe
