#include "core/seismic/spectra.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/seismic/fourier.h"

namespace firstframe {
namespace {

constexpr double kTaper = 0.05;  // of a side, at both ends

double taper(std::int64_t at, std::int64_t length) {
  const double width = kTaper * static_cast<double>(length), edge = static_cast<double>(std::min(at, length - 1 - at)) + 0.5;
  if (edge >= width) return 1;
  const double sine = std::sin(std::numbers::pi / 2 * edge / width);
  return sine * sine;
}

}  // namespace

std::vector<double> amplitude_spectrum(const Traces& section) {
  const auto [rows, cols] = section.extent;
  const auto length = fast_length(std::max<std::int64_t>(2, rows + rows % 2));
  std::vector<double> signals(static_cast<std::size_t>(cols * length));
  for (std::int64_t col = 0; col < cols; ++col)
    for (std::int64_t row = 0; row < rows; ++row) signals[static_cast<std::size_t>(col * length + row)] = taper(row, rows) * section.at(row, col);
  const auto spectra = spectra_of(signals, length);
  const auto bins = length / 2 + 1;
  std::vector<double> mean(static_cast<std::size_t>(bins));
  for (std::int64_t col = 0; col < cols; ++col)
    for (std::int64_t bin = 0; bin < bins; ++bin)
      mean[static_cast<std::size_t>(bin)] += std::norm(spectra[static_cast<std::size_t>(col * bins + bin)]) / static_cast<double>(cols);
  for (auto& value : mean) value = std::sqrt(value);
  return mean;
}

FkSpectrum fk_spectrum(const Traces& section) {
  const auto [rows, cols] = section.extent;
  std::vector<double> tapered(section.values.size());
  for (std::int64_t row = 0; row < rows; ++row)
    for (std::int64_t col = 0; col < cols; ++col)
      tapered[static_cast<std::size_t>(row * cols + col)] = taper(row, rows) * taper(col, cols) * section.at(row, col);
  return {rows / 2 + 1, cols, amplitudes_2d(tapered, rows, cols)};
}

}  // namespace firstframe
