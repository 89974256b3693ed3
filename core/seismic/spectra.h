#pragma once

#include <cstdint>
#include <vector>

#include "core/seismic/traces.h"

namespace firstframe {

/// Root mean square over all traces of the amplitude at every frequency 0..0.5 cycles per sample; value k stands for
/// k / (2 (n - 1)) of n values. The trace is tapered by a twentieth of its length at both ends.
std::vector<double> amplitude_spectrum(const Traces& section);

/// Amplitude over frequency (down, 0..0.5 cycles per sample) and wavenumber (across, -0.5..0.5 cycles per trace, 0 in the
/// middle): where a dipping event lies on a line through the middle of the top and random noise lies everywhere.
struct FkSpectrum {
  std::int64_t frequencies = 0, wavenumbers = 0;
  std::vector<double> values;  // row by row
};
FkSpectrum fk_spectrum(const Traces& section);

}  // namespace firstframe
