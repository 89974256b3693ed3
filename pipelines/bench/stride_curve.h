#pragma once

#include <vector>

#include "core/restorers/model.h"
#include "pipelines/bench/bench.h"

namespace firstframe {

/// What a patch model pays for overlap: a drawn frame at every stride from 1 to the patch (a few of them) and with each window. Empty for
/// a model without patches.
std::vector<RestoreRow> measure_strides(const Model& model, Extent extent, const MachinePeak& peak, const BenchOptions& options);

}  // namespace firstframe
