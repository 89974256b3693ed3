#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/seismic/fourier.h"
#include "core/seismic/wavelet.h"

namespace firstframe {
namespace {

constexpr double kLeastRelief = 1e-9;  // of the spectrum above its floor, part of the top: below is rounding

// Sum over all traces of x(i) x(i + lag), lag 0..reach.
void add_autocorrelation(const Traces& section, std::vector<double>& correlation) {
  const auto [rows, cols] = section.extent;
  for (std::size_t lag = 0; lag < correlation.size(); ++lag)
    for (std::int64_t row = 0; row + static_cast<std::int64_t>(lag) < rows; ++row)
      for (std::int64_t col = 0; col < cols; ++col)
        correlation[lag] += section.at(row, col) * section.at(row + static_cast<std::int64_t>(lag), col);
}

// 1 in the middle, 0 just beyond `reach`.
double hann(std::int64_t at, std::int64_t reach) {
  const double cosine = std::cos(std::numbers::pi / 2 * static_cast<double>(at) / static_cast<double>(reach + 1));
  return cosine * cosine;
}

}  // namespace

Wavelet estimate_wavelet(const Traces& section, double sample_interval_ms, std::int64_t reach) {
  return estimate_wavelet(std::vector<Traces>{section}, sample_interval_ms, reach);
}

Wavelet estimate_wavelet(const std::vector<Traces>& sections, double sample_interval_ms, std::int64_t reach) {
  if (reach < 4) throw ArgumentError(text("wavelet: a reach of ", reach, " samples is not accepted; use 4 or more"));
  const auto lags = 2 * reach;  // a pulse correlates with itself out to twice its reach
  std::vector<double> correlation(static_cast<std::size_t>(lags + 1));
  for (const auto& section : sections) {
    if (section.extent.rows < 4 * reach)
      throw FormatError(text("wavelet: traces of ", section.extent.rows, " samples are too short to estimate ", reach,
                             " to each side; use ", section.extent.rows / 4, " or less"));
    add_autocorrelation(section, correlation);
  }
  if (!(correlation[0] > 0)) throw FormatError("wavelet: the section is zero everywhere; nothing can be estimated from it");

  // A symmetric periodic signal, fine enough in frequency that the square root does not fold.
  const auto length = fast_length(16 * reach);
  std::vector<double> periodic(static_cast<std::size_t>(length));
  for (std::int64_t lag = 0; lag <= lags; ++lag) {
    const double value = correlation[static_cast<std::size_t>(lag)] * hann(lag, lags);
    periodic[static_cast<std::size_t>(lag)] = value;
    if (lag > 0) periodic[static_cast<std::size_t>(length - lag)] = value;
  }
  auto spectrum = spectra_of(periodic, length);
  double floor = spectrum[0].real(), top = floor;
  for (const auto& value : spectrum) {
    floor = std::min(floor, value.real());
    top = std::max(top, value.real());
  }
  floor = std::max(floor, 0.0);
  if (!(top - floor > kLeastRelief * top))
    throw FormatError(text("wavelet: the traces have the same power, ", floor, ", at every frequency, as white noise or single spikes have; no pulse "
                           "can be told from that, use a section with band-limited events"));
  for (auto& value : spectrum) value = std::sqrt(std::max(0.0, value.real() - floor));
  const auto pulse = signals_of(spectrum, length);

  Wavelet wavelet{{}, sample_interval_ms, "estimated"};
  for (std::int64_t i = -reach; i <= reach; ++i) {
    const auto outer = std::max<std::int64_t>(0, std::abs(i) - reach / 2);  // the outer half fades out
    wavelet.samples.push_back(pulse[static_cast<std::size_t>(i < 0 ? length + i : i)] / pulse[0] * hann(outer, reach - reach / 2));
  }
  return wavelet;
}

}  // namespace firstframe
