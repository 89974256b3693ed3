#pragma once

#include <cstdint>

#include "core/frame/section.h"
#include "io/seismic/segy_file.h"

namespace firstframe {

/// What the amplitudes of a file are like, over live traces, in stored values.
struct Amplitudes {
  double lowest = 0, highest = 0;
  double usual = 0;  // what 99.9 % of the samples do not exceed, sign aside: spikes leave it alone
  double rms = 0;
  std::int64_t traces = 0;     // looked at
  std::int64_t dead = 0;       // of them: marked dead, or all zero
  std::int64_t bad_samples = 0;  // NaN or infinite
};

/// Looks at all traces, or at 4096 that lie evenly over a longer file.
Amplitudes amplitudes_of(const SegyFile& segy);

}  // namespace firstframe
