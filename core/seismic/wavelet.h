#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/seismic/traces.h"

namespace firstframe {

/// A source pulse as the recording shows it. Its middle sample is time zero.
struct Wavelet {
  std::vector<double> samples;      // an odd number of them
  double sample_interval_ms = 4;
  std::string origin;               // "ricker:25", or how it was estimated

  std::int64_t reach() const { return static_cast<std::int64_t>(samples.size()) / 2; }
};

/// Ricker's wavelet (1 - 2 a) exp(-a), a = (pi f t)^2: zero phase, peak 1, with its largest amplitude at `peak_hz`.
/// Source: N. Ricker, Geophysics 18(1), 1953.
/// \throws ArgumentError when the peak is not within 0 and a third of the sampling frequency, or the interval not > 0
Wavelet ricker(double peak_hz, double sample_interval_ms);

/// Ormsby's wavelet: zero phase, peak 1; its spectrum rises from f1 to f2, is flat to f3 and falls to f4, Hz.
/// Source: J. F. A. Ormsby, J. ACM 8(3), 1961; H. Ryan, CSEG Recorder 19(7), 1994.
/// \throws ArgumentError unless 0 < f1 < f2 < f3 < f4 < half of the sampling frequency
Wavelet ormsby(double f1, double f2, double f3, double f4, double sample_interval_ms);

/// "ricker:25" or "ormsby:5,10,40,60", Hz. \throws ArgumentError for any other text, naming both forms
Wavelet wavelet_named(const std::string& text, double sample_interval_ms);

/// A wavelet from samples, one a line in a text file say.
/// \throws ArgumentError unless there are 3 samples or more, an odd number, all finite, one of them not zero
Wavelet wavelet_from(std::vector<double> samples, double sample_interval_ms, std::string origin);

/// Estimates the wavelet from the data alone: the traces' autocorrelations are averaged, cut by a Hann window of twice
/// `reach` samples to both sides, and the square root of their spectrum is taken as the wavelet's amplitude spectrum.
///
/// Two assumptions make that a wavelet: the reflectivity is white, and the wavelet has zero phase. The first is common, the
/// second true of well processed sections only; a mixed-phase pulse is given back as the zero-phase one of its spectrum. White
/// noise of the traces is taken off as the floor that the spectrum never goes below.
///
/// \param reach  samples on each side of time zero, 4 or more
/// \return peak 1, 2 reach + 1 samples
/// \throws FormatError when traces are shorter than 4 reach, or zero everywhere, or their spectrum is flat
/// Source: statistical estimation as in O. Yilmaz, Seismic Data Analysis, SEG 2001, chapter 2.
Wavelet estimate_wavelet(const Traces& section, double sample_interval_ms, std::int64_t reach);

/// The same from several sections of one line.
Wavelet estimate_wavelet(const std::vector<Traces>& sections, double sample_interval_ms, std::int64_t reach);

/// Every trace of a reflectivity convolved with the wavelet; beyond the section there is nothing.
Traces convolved(const Traces& reflectivity, const Wavelet& wavelet);

}  // namespace firstframe
