#pragma once

#include <cstdint>

#include "core/degradation/degrade.h"
#include "core/frame/section.h"
#include "core/training/pair.h"

namespace firstframe {

/// A drawn scene (dead_leaves.h) and what became of it: 1 channel of 8 bits, so that no data set is needed and every machine
/// restores the same pixels.
struct BenchFrame {
  Section degraded, clean;
};

BenchFrame bench_frame(Extent extent, const Degradation& degradation, std::uint64_t seed);

/// Blur of 1.6 pixels and noise of 2 (8-bit units): what the table of restorers is timed on.
Degradation bench_blur();

/// Noise of 25 alone: what denoisers are compared on.
Degradation bench_noise();

}  // namespace firstframe
