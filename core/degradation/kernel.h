#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace firstframe {

/// A blur kernel (point spread function): size x size taps, row by row, size odd, the middle tap at the pixel itself.
struct Kernel {
  std::int64_t size = 1;
  std::vector<float> taps{1};

  std::int64_t reach() const { return size / 2; }
  /// The tap `row`, `col` pixels from the middle.
  float at(std::int64_t row, std::int64_t col) const { return taps[(row + reach()) * size + col + reach()]; }
  bool operator==(const Kernel&) const = default;
};

/// size x size taps of a Gaussian, sum 1. \throws ArgumentError as gaussian_kernel
Kernel gaussian_psf(double sigma, std::int64_t size);

/// A kernel from its description: "gaussian:SIGMA", "gaussian:SIGMA:SIZE" or "box:SIZE".
/// Without SIZE a Gaussian reaches 4 sigma.
/// \throws ArgumentError naming what is accepted
Kernel kernel_named(std::string_view description);

}  // namespace firstframe
