#include "core/degradation/poisson.h"

#include <cmath>
#include <numbers>

namespace firstframe {
namespace {

// log(count!) by Stirling's series; std::lgamma keeps a sign in a global. Below 1e-9 off from 10 on.
double log_factorial(double count) {
  static constexpr double kSmall[] = {0.0,
                                      0.0,
                                      0.69314718055994531,
                                      1.7917594692280550,
                                      3.1780538303479458,
                                      4.7874917427820458,
                                      6.5792512120101012,
                                      8.5251613610654147,
                                      10.604602902745251,
                                      12.801827480081469};
  if (count < 10) return kSmall[static_cast<int>(count)];
  const double inverse = 1 / count;
  const double series = inverse * (1.0 / 12 - inverse * inverse * (1.0 / 360 - inverse * inverse / 1260));
  return (count + 0.5) * std::log(count) - count + 0.5 * std::log(2 * std::numbers::pi) + series;
}

double by_products(double mean, std::mt19937_64& generator) {
  const double least = std::exp(-mean);
  double count = 0;
  for (double product = uniform(generator); product > least; product *= uniform(generator)) ++count;
  return count;
}

double by_transformed_rejection(double mean, std::mt19937_64& generator) {
  const double b = 0.931 + 2.53 * std::sqrt(mean);
  const double a = -0.059 + 0.02483 * b;
  const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
  const double surely_accepted = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const double u = uniform(generator) - 0.5;
    const double v = uniform(generator);
    const double from_edge = 0.5 - std::abs(u);
    const double count = std::floor((2 * a / from_edge + b) * u + mean + 0.43);
    if (from_edge >= 0.07 && v <= surely_accepted) return count;
    if (count < 0 || from_edge <= 0 || (from_edge < 0.013 && v > from_edge)) continue;
    const double height = std::log(v * inverse_alpha / (a / (from_edge * from_edge) + b));
    if (height <= count * std::log(mean) - mean - log_factorial(count)) return count;
  }
}

}  // namespace

double poisson(double mean, std::mt19937_64& generator) {
  return mean < 10 ? by_products(mean, generator) : by_transformed_rejection(mean, generator);
}

}  // namespace firstframe
