#include "core/seismic/vary_section.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/degradation/poisson.h"
#include "core/frame/border.h"
#include "core/seismic/fourier.h"

namespace firstframe {
namespace {

using Random = std::mt19937_64;

double around(double reach, Random& random) { return reach * (2 * uniform(random) - 1); }

// Between four samples by Keys' cubic, a = -0.5.
double cubic(double p, double a, double b, double c, double d) {
  return b + p / 2 * (c - a + p * (2 * a - 5 * b + 4 * c - d + p * (3 * (b - c) + d - a)));
}

double value_at(const Traces& section, double sample, double trace) {
  const auto [rows, cols] = section.extent;
  const double top = std::floor(sample), left = std::floor(trace);
  const auto row = static_cast<std::int64_t>(top), col = static_cast<std::int64_t>(left);
  const auto of = [&](std::int64_t r, std::int64_t c) {
    return section.at(border_index(r, rows, Border::reflect), border_index(c, cols, Border::reflect));
  };
  double across[4];
  for (std::int64_t i = 0; i < 4; ++i)
    across[i] = cubic(sample - top, of(row - 1, col - 1 + i), of(row, col - 1 + i), of(row + 1, col - 1 + i), of(row + 2, col - 1 + i));
  return cubic(trace - left, across[0], across[1], across[2], across[3]);
}

// Where a place of the variation looks in the annotated section.
struct Warp {
  bool is_mirrored = false;
  double factor = 1, traces = 1, samples = 1, dip = 0, bend = 0, shift = 0;
  double moveout = 0, moveout_slope = 0;  // samples from one neighbour to the next, in the middle and from there to an edge

  Traces apply(const Traces& clean, double neighbour) const {
    Traces varied(clean.extent);
    const double middle = static_cast<double>(clean.extent.cols - 1) / 2, half = std::max(1.0, middle);
    const double centre = static_cast<double>(clean.extent.rows - 1) / 2;
    for (std::int64_t col = 0; col < clean.extent.cols; ++col) {
      const double x = (static_cast<double>(col) - middle) * (is_mirrored ? -1 : 1);
      const double along = x / half, moved = neighbour * (moveout + moveout_slope * along);
      for (std::int64_t row = 0; row < clean.extent.rows; ++row) {
        const double sample = centre + samples * (static_cast<double>(row) - centre) + dip * x + bend * along * along + shift + moved;
        varied.at(row, col) = factor * value_at(clean, sample, middle + traces * x);
      }
    }
    return varied;
  }
};

Warp drawn(const Traces& clean, const VarySettings& s, Random& random) {
  Warp warp;
  warp.is_mirrored = uniform(random) < 0.5;
  warp.factor = std::pow(1 - s.gain, around(1, random)) * (uniform(random) < 0.5 ? -1 : 1);
  warp.traces = 1 + around(s.stretch, random);
  warp.samples = 1 + around(s.stretch / 3, random);
  warp.dip = around(s.dip, random);
  warp.bend = around(s.curvature, random);
  warp.shift = around(static_cast<double>(clean.extent.rows) / 8, random);
  warp.moveout = around(s.moveout, random);
  warp.moveout_slope = around(s.moveout, random) / 2;
  return warp;
}

// A field with the amplitude spectrum of `noise` and the phases of white noise.
Traces surrogate(const Traces& noise, Random& random) {
  auto white = noise;
  for (auto& value : white.values)
    value = std::sqrt(-2 * std::log(uniform(random))) * std::cos(2 * std::numbers::pi * uniform(random));
  white.values = with_amplitudes_of(white.values, noise.values, noise.extent.rows, noise.extent.cols);
  return white;
}

void check(const char* name, double value, double high) {
  if (!(value >= 0 && value <= high)) throw ArgumentError(text("synth: ", name, " ", value, " is not accepted; use 0..", high));
}

}  // namespace

VariedSection vary_section(const Traces& degraded, const Traces& clean, const VarySettings& settings, std::uint64_t seed) {
  check("dip", settings.dip, 10);
  check("curvature", settings.curvature, 1e4);
  check("stretch", settings.stretch, 0.9);
  check("gain", settings.gain, 0.9);
  check("beside", static_cast<double>(settings.beside), 32);
  check("moveout", settings.moveout, 100);
  const auto noise = difference_of(degraded, clean);
  Random random(seed);
  const auto warp = drawn(clean, settings, random);
  VariedSection varied{{}, warp.apply(clean, 0)};
  for (auto k = -settings.beside; k <= settings.beside; ++k) {
    auto section = warp.apply(clean, static_cast<double>(k));
    const auto fresh = surrogate(noise, random);
    for (std::size_t i = 0; i < section.values.size(); ++i) section.values[i] += fresh.values[i];
    varied.degraded.push_back(std::move(section));
  }
  return varied;
}

}  // namespace firstframe
