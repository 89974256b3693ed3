#pragma once

#include <vector>

#include "core/degradation/identified.h"
#include "pipelines/report/plot.h"

namespace firstframe {

/// What was identified, to look at: kernel, its middle row and column with their errors, noise over brightness, and the
/// rest's correlations, histogram and spectrum.
std::vector<Panel> panels_of(const IdentifiedDegradation& found);

}  // namespace firstframe
