#pragma once

#include <functional>

#include "core/seismic/traces.h"
#include "core/seismic/wavelet.h"

namespace firstframe {

/// Two reflectors that draw apart: they begin on one sample and end `thickest` samples apart at the last trace. Each has the
/// wavelet's form times `amplitude`, growing from half of it at the first trace to all of it at the last.
/// \param row  sample of the upper reflector
/// \throws ArgumentError when the wedge with its wavelet leaves the section
Traces wedge(Extent extent, const Wavelet& wavelet, double amplitude, std::int64_t row, std::int64_t thickest);

/// What a restoration does to an event whose amplitudes are known.
struct WedgeFigures {
  double gain_error_percent = 0;  // 100 (g - 1), g the best factor from the true wedge to the one that came out
  double misfit_percent = 0;      // 100 x rms of (what came out - the true wedge) / rms of the true wedge
};

/// Adds a wedge to a section, restores both, and measures the difference of what comes out: the section itself cancels as far as
/// the restoration is linear. Amplitude fidelity means a gain error near 0.
///
/// \param restore  gives the restored section
/// \throws FormatError when the wedge is zero; what `restore` throws
WedgeFigures check_wedge(const Traces& degraded, const Traces& wedge, const std::function<Traces(const Traces&)>& restore);

}  // namespace firstframe
