#pragma once

#include <cstdint>

#include "core/frame/section.h"

namespace firstframe {

/// The annotation: one degraded section and its clean counterpart, of equal extent or, for super-resolution, 2 to 4 times
/// as large.
struct TrainingPair {
  Section degraded;
  Section clean;
  std::int64_t neighbours = 0;  // `degraded` is the mean of so many sections and the annotated one, see neighbour_mean.h
  double offset = 0;  // samples of `degraded` are stored values + offset, as signed ones are coded: 128 for int8, 32768 for int16
  bool is_seismic = false;  // traces over time: neither the ends of a line nor those of time meet, so that no border is circular
};

/// How many times larger the clean section of a pair is than the degraded one: 1, or 2..4 for super-resolution. At scale n
/// a side of N clean pixels goes with N / n degraded ones, rounded up or down: what keeping every n-th pixel leaves.
///
/// \param asked  the scale that was asked for; 0 takes the one that the extents show
/// \throws FormatError naming both extents when no scale fits them
/// \throws ArgumentError when `asked` does not fit them
std::int64_t scale_of(Extent degraded, Extent clean, std::int64_t asked = 0);

/// Refuses a pair that nothing, or nothing good, can be learned from: extents that no scale fits, another number of
/// channels, integers of different depth, a clean section smaller than 16 x 16 pixels, constant, identical, of two
/// scenes (pair_correlation below 0.1), NaN or infinite values, values far outside the value range. An integer section may be paired with a float32 one.
///
/// \throws FormatError saying what was found and what to do
void check_pair(const TrainingPair& pair);

}  // namespace firstframe
