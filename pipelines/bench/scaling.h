#pragma once

#include <vector>

#include "pipelines/bench/bench.h"
#include "core/restorers/model.h"

namespace firstframe {

/// How time and memory of a restorer grow: with pixels (squares of 256 to `largest` a side), with threads (one and all), with
/// frames (1, 10 and 100 of 512 x 512).
std::vector<ScalingRow> measure_scaling(const Model& model, std::int64_t largest, const BenchOptions& options);

}  // namespace firstframe
