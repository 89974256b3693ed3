#pragma once

#include <cstdint>

#include "core/seismic/traces.h"

namespace firstframe {

/// How f-x deconvolution is done. Where the truth is known other values than the defaults may serve better
/// (the cube of docs/results/seismic.md: length 2, 16 traces, 24 samples, band 0:0.2).
struct FxSettings {
  std::int64_t filter_length = 4;    // traces that predict the next one, 1..64
  std::int64_t window_traces = 24;   // wide; 0 for all
  std::int64_t window_samples = 64;  // long; 0 for all
  double prewhitening = 0.01;        // added to the filter's equations, part of their mean power, 0..10
  double lowest = 0;                 // cycles per sample, 0..0.5: what lies outside the band is removed as noise
  double highest = 0.5;

  bool operator==(const FxSettings&) const = default;
};

/// \throws ArgumentError naming the setting that is out of range and what is accepted
void check_fx(const FxSettings& settings);

/// Random noise attenuation by f-x deconvolution, the baseline of the field: an event with straight moveout is, at every
/// frequency, a geometric sequence from trace to trace, so that one complex filter predicts it from its neighbours; white noise
/// cannot be predicted.
///
/// Windows of traces and samples overlap by half (time: sine squared tapers that add up to one; traces: triangles). In every
/// window and frequency one prediction filter is fitted by least squares to the traces read from the left and, conjugated, from
/// the right; the restored trace is the mean of both predictions, at the window's edges the one that exists. A window wider than
/// the section is the section; a filter that a narrow one cannot fit is shortened to half its traces.
///
/// \throws ArgumentError as check_fx; FormatError for a section of a single trace, which nothing predicts
///
/// Cost: a Fourier transform of four times the samples, and traces x filter length^2 products per frequency.
/// Source: L. L. Canales, "Random noise reduction", 54th SEG meeting, 1984; the forward and backward fit is the modified
/// covariance method (S. L. Marple, IEEE Trans. ASSP 28(4), 1980).
Traces fx_deconvolution(const Traces& degraded, const FxSettings& settings = {});

}  // namespace firstframe
