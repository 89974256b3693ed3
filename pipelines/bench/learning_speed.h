#pragma once

#include <vector>

#include "pipelines/bench/bench.h"

namespace firstframe {

/// Set11 deblurring as the paper has it (pipelines/reproduce/protocol.h): trained on `butterfly` for so many seconds, scored on the
/// other ten. \throws MissingFileError when options.data lacks Set11
std::vector<LearningRow> measure_learning(const BenchOptions& options);

}  // namespace firstframe
