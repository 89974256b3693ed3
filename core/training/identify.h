#pragma once

#include "core/degradation/identified.h"
#include "core/frame/border.h"
#include "core/training/pair.h"

namespace firstframe {

/// Fits kernel and offset by least squares on `part` of a 1-channel pair and studies what is left.
///
/// Cost: one fit_linear of 25 x 25 taps, about 0.5 s on two cores.
IdentifiedDegradation identify_degradation(const TrainingPair& pair, const Region& part, Border border);

}  // namespace firstframe
