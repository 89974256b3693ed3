#include "core/seismic/fx_deconvolution.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/seismic/complex_equations.h"
#include "core/seismic/fourier.h"

namespace firstframe {
namespace {

using Complex = std::complex<double>;

// One frequency of a window's traces becomes its prediction.
class Prediction {
 public:
  Prediction(std::int64_t traces, std::int64_t wanted, double prewhitening)
      : traces_(traces), length_(std::clamp<std::int64_t>(wanted, 1, std::max<std::int64_t>(1, traces / 2))), prewhitening_(prewhitening) {}

  void run(const std::vector<Complex>& x, std::vector<Complex>& predicted) {
    const auto n = static_cast<std::size_t>(length_);
    std::vector<Complex> matrix(n * n), filter(n);
    // Forward: x[t] from x[t - 1] .. x[t - n]. Backward, conjugated: x[t]* from x[t + 1]* .. x[t + n]*.
    const auto add = [&](auto target, auto known) {
      for (std::size_t i = 0; i < n; ++i) {
        const auto ci = std::conj(known(i));
        filter[i] += ci * target;
        for (std::size_t j = 0; j < n; ++j) matrix[i * n + j] += ci * known(j);
      }
    };
    for (std::int64_t t = length_; t < traces_; ++t) {
      add(at(x, t), [&](std::size_t i) { return at(x, t - 1 - static_cast<std::int64_t>(i)); });
      const auto back = t - length_;
      add(std::conj(at(x, back)), [&](std::size_t i) { return std::conj(at(x, back + 1 + static_cast<std::int64_t>(i))); });
    }
    double power = 0;
    for (std::size_t i = 0; i < n; ++i) power += matrix[i * n + i].real() / static_cast<double>(n);
    if (power <= 0) {
      std::fill(predicted.begin(), predicted.end(), Complex{});
      return;
    }
    // The least that keeps the equations of a noise-free window solvable.
    for (std::size_t i = 0; i < n; ++i) matrix[i * n + i] += power * std::max(prewhitening_, 1e-9);
    solve_hermitian(matrix, filter);
    for (std::int64_t t = 0; t < traces_; ++t) {
      Complex sum{};
      double count = 0;
      if (t >= length_) {
        for (std::size_t i = 0; i < n; ++i) sum += filter[i] * at(x, t - 1 - static_cast<std::int64_t>(i));
        ++count;
      }
      if (t + length_ < traces_) {
        for (std::size_t i = 0; i < n; ++i) sum += std::conj(filter[i]) * at(x, t + 1 + static_cast<std::int64_t>(i));
        ++count;
      }
      predicted[static_cast<std::size_t>(t)] = count > 0 ? sum / count : at(x, t);
    }
  }

 private:
  static Complex at(const std::vector<Complex>& x, std::int64_t t) { return x[static_cast<std::size_t>(t)]; }

  std::int64_t traces_, length_;
  double prewhitening_;
};

// Starts of windows that overlap by half, and end with the section.
std::vector<std::int64_t> starts(std::int64_t length, std::int64_t window) {
  std::vector<std::int64_t> all;
  for (std::int64_t at = 0; at + window < length; at += std::max<std::int64_t>(1, window / 2)) all.push_back(at);
  all.push_back(length - window);
  return all;
}

// Filters all traces of one time window, whose spectra lie trace by trace, in windows of traces.
std::vector<Complex> filtered(const std::vector<Complex>& spectra, std::int64_t traces, std::int64_t samples, const FxSettings& settings) {
  const auto bins = samples / 2 + 1;
  const auto window = settings.window_traces == 0 ? traces : std::min(settings.window_traces, traces);
  const auto low = static_cast<std::int64_t>(std::ceil(settings.lowest * static_cast<double>(samples) - 1e-9));
  const auto high = std::min(bins - 1, static_cast<std::int64_t>(std::floor(settings.highest * static_cast<double>(samples) + 1e-9)));
  std::vector<Complex> result(spectra.size());
  std::vector<double> weights(static_cast<std::size_t>(traces));
  std::vector<Complex> known(static_cast<std::size_t>(window)), predicted(known.size());
  Prediction prediction(window, settings.filter_length, settings.prewhitening);
  const auto weight = [&](std::int64_t i) { return static_cast<double>(std::min(i + 1, window - i)); };
  for (const auto first : starts(traces, window)) {
    for (std::int64_t i = 0; i < window; ++i) weights[static_cast<std::size_t>(first + i)] += weight(i);
    for (auto bin = low; bin <= high; ++bin) {
      const auto place = [&](std::int64_t i) { return static_cast<std::size_t>((first + i) * bins + bin); };
      for (std::int64_t i = 0; i < window; ++i) known[static_cast<std::size_t>(i)] = spectra[place(i)];
      prediction.run(known, predicted);
      for (std::int64_t i = 0; i < window; ++i) result[place(i)] += weight(i) * predicted[static_cast<std::size_t>(i)];
    }
  }
  for (std::int64_t t = 0; t < traces; ++t)
    for (std::int64_t bin = 0; bin < bins; ++bin) result[static_cast<std::size_t>(t * bins + bin)] /= weights[static_cast<std::size_t>(t)];
  return result;
}

}  // namespace

void check_fx(const FxSettings& s) {
  const auto refuse = [](const auto&... words) { throw ArgumentError(text("restorer fx: ", words...)); };
  if (s.filter_length < 1 || s.filter_length > 64) refuse("filter length ", s.filter_length, " is not accepted; use 1..64 traces");
  if (s.window_traces < 0 || s.window_traces == 1) refuse("a window of ", s.window_traces, " traces is not accepted; use 2 or more, 0 for all");
  if (s.window_samples < 0 || (s.window_samples > 0 && s.window_samples < 8))
    refuse("a window of ", s.window_samples, " samples is not accepted; use 8 or more, 0 for all");
  if (!(s.prewhitening >= 0 && s.prewhitening <= 10)) refuse("prewhitening ", s.prewhitening, " is not accepted; use 0..10");
  if (!(s.lowest >= 0 && s.lowest < s.highest && s.highest <= 0.5))
    refuse("band ", s.lowest, ":", s.highest, " is not accepted; use LOW:HIGH in cycles per sample with 0 <= LOW < HIGH <= 0.5");
}

Traces fx_deconvolution(const Traces& degraded, const FxSettings& settings) {
  check_fx(settings);
  const auto [rows, traces] = degraded.extent;
  if (traces < 2)
    throw FormatError("restorer fx: the section has a single trace, which no neighbour predicts; use sections of 2 or more traces");
  Traces restored(degraded.extent);
  // Windows of time start half a window early, so that every sample lies under two tapers; one long window has none.
  const bool is_whole = settings.window_samples == 0 || settings.window_samples >= rows;
  const auto window = is_whole ? rows : settings.window_samples / 2 * 2;
  const auto half = window / 2;
  const auto padded = fast_length(window + window / 4 + 8);  // what is shifted out at one end may not come in at the other
  std::vector<double> signals(static_cast<std::size_t>(traces * padded));
  for (std::int64_t first = is_whole ? 0 : -half; first < rows; first += is_whole ? rows : half) {
    std::fill(signals.begin(), signals.end(), 0.0);
    for (std::int64_t i = 0; i < window; ++i) {
      if (first + i < 0 || first + i >= rows) continue;
      const double sine = std::sin(std::numbers::pi * (static_cast<double>(i) + 0.5) / static_cast<double>(window));
      const double taper = is_whole ? 1 : sine * sine;
      for (std::int64_t t = 0; t < traces; ++t) signals[static_cast<std::size_t>(t * padded + i)] = taper * degraded.at(first + i, t);
    }
    const auto predicted = signals_of(filtered(spectra_of(signals, padded), traces, padded, settings), padded);
    for (std::int64_t i = 0; i < window; ++i)
      if (first + i >= 0 && first + i < rows)
        for (std::int64_t t = 0; t < traces; ++t) restored.at(first + i, t) += predicted[static_cast<std::size_t>(t * padded + i)];
  }
  return restored;
}

}  // namespace firstframe
