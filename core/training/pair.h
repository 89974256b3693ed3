#pragma once

#include "core/frame/section.h"

namespace firstframe {

/// The annotation: one degraded section and its clean counterpart.
struct TrainingPair {
  Section degraded;
  Section clean;
};

/// Refuses a pair that nothing, or nothing good, can be learned from: another size or number of channels, integers of
/// different depth, smaller than 16 x 16 pixels, constant, identical, of two scenes (pair_correlation below 0.1),
/// NaN or infinite values, values far outside the value range. An integer section may be paired with a float32 one.
///
/// \throws FormatError saying what was found and what to do
void check_pair(const TrainingPair& pair);

}  // namespace firstframe
