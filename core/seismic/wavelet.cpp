#include "core/seismic/wavelet.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

using std::numbers::pi;

void check_interval(double sample_interval_ms) {
  if (!(sample_interval_ms > 0 && sample_interval_ms <= 1000))
    throw ArgumentError(text("wavelet: a sample interval of ", sample_interval_ms, " ms is not accepted; use more than 0, at most 1000"));
}

// f(time in seconds) out to where it has faded to a thousandth.
template <typename Function>
Wavelet sampled(double sample_interval_ms, double reach_s, std::string origin, const Function& f) {
  const auto reach = std::max<std::int64_t>(2, static_cast<std::int64_t>(std::ceil(1000 * reach_s / sample_interval_ms)));
  Wavelet wavelet{{}, sample_interval_ms, std::move(origin)};
  for (std::int64_t i = -reach; i <= reach; ++i) wavelet.samples.push_back(f(static_cast<double>(i) * sample_interval_ms / 1000));
  const double peak = wavelet.samples[static_cast<std::size_t>(reach)];
  for (auto& sample : wavelet.samples) sample /= peak;
  return wavelet;
}

std::vector<double> numbers_in(const std::string& list) {
  std::vector<double> numbers;
  const char* at = list.data();
  const char* const end = at + list.size();
  while (at < end) {
    double number = 0;
    const auto [next, error] = std::from_chars(at, end, number);
    if (error != std::errc{} || (next != end && *next != ',')) return {};
    numbers.push_back(number);
    at = next == end ? end : next + 1;
  }
  return numbers;
}

}  // namespace

Wavelet ricker(double peak_hz, double sample_interval_ms) {
  check_interval(sample_interval_ms);
  const double highest = 1000 / sample_interval_ms / 3;
  if (!(peak_hz > 0 && peak_hz <= highest))
    throw ArgumentError(text("wavelet: a Ricker peak of ", peak_hz, " Hz is not accepted at ", sample_interval_ms,
                             " ms; use more than 0, at most ", highest));
  return sampled(sample_interval_ms, 1.1 / peak_hz, text("ricker:", peak_hz), [&](double t) {
    const double a = pi * pi * peak_hz * peak_hz * t * t;
    return (1 - 2 * a) * std::exp(-a);
  });
}

Wavelet ormsby(double f1, double f2, double f3, double f4, double sample_interval_ms) {
  check_interval(sample_interval_ms);
  const double nyquist = 500 / sample_interval_ms;
  if (!(0 < f1 && f1 < f2 && f2 < f3 && f3 < f4 && f4 < nyquist))
    throw ArgumentError(text("wavelet: ormsby:", f1, ",", f2, ",", f3, ",", f4, " is not accepted at ", sample_interval_ms,
                             " ms; use 0 < f1 < f2 < f3 < f4 < ", nyquist, " Hz"));
  // A corner at f contributes f^2 sinc^2(f t); the longest tail is that of the narrowest ramp.
  const double reach_s = std::min(2.5 / std::min(f2 - f1, f4 - f3), 0.5);
  return sampled(sample_interval_ms, reach_s, text("ormsby:", f1, ",", f2, ",", f3, ",", f4), [&](double t) {
    const auto corner = [&](double f) {
      const double a = pi * f * t;
      const double sinc = a == 0 ? 1 : std::sin(a) / a;
      return f * f * sinc * sinc;
    };
    const double fade = std::cos(pi / 2 * std::min(1.0, std::abs(t) / reach_s));
    return fade * fade * ((corner(f4) - corner(f3)) / (f4 - f3) - (corner(f2) - corner(f1)) / (f2 - f1));
  });
}

Wavelet wavelet_named(const std::string& name, double sample_interval_ms) {
  const auto colon = name.find(':');
  const auto kind = name.substr(0, colon);
  const auto f = colon == std::string::npos ? std::vector<double>{} : numbers_in(name.substr(colon + 1));
  if (kind == "ricker" && f.size() == 1) return ricker(f[0], sample_interval_ms);
  if (kind == "ormsby" && f.size() == 4) return ormsby(f[0], f[1], f[2], f[3], sample_interval_ms);
  throw ArgumentError(text("wavelet: '", name, "' is not accepted; use ricker:HZ, ormsby:F1,F2,F3,F4, estimate:SECTION or a text file"));
}

Wavelet wavelet_from(std::vector<double> samples, double sample_interval_ms, std::string origin) {
  check_interval(sample_interval_ms);
  if (samples.size() < 3 || samples.size() % 2 == 0)
    throw ArgumentError(text("wavelet: ", origin, " has ", samples.size(), " samples; use an odd number, 3 or more, the middle one being time zero"));
  double largest = 0;
  for (const double sample : samples) {
    if (!std::isfinite(sample)) throw ArgumentError(text("wavelet: ", origin, " has a sample that is no finite number"));
    largest = std::max(largest, std::abs(sample));
  }
  if (largest == 0) throw ArgumentError(text("wavelet: ", origin, " is zero everywhere"));
  return {std::move(samples), sample_interval_ms, std::move(origin)};
}

Traces convolved(const Traces& reflectivity, const Wavelet& wavelet) {
  Traces seismic(reflectivity.extent);
  const auto reach = wavelet.reach();
  const auto [rows, cols] = reflectivity.extent;
  for (std::int64_t row = 0; row < rows; ++row)
    for (std::int64_t i = std::max(-reach, -row); i <= std::min(reach, rows - 1 - row); ++i) {
      const double weight = wavelet.samples[static_cast<std::size_t>(reach + i)];
      for (std::int64_t col = 0; col < cols; ++col) seismic.at(row + i, col) += weight * reflectivity.at(row, col);
    }
  return seismic;
}

}  // namespace firstframe
