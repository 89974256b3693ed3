#pragma once

#include <tbb/global_control.h>

namespace firstframe {

/// Lets TBB start three threads on a machine with fewer processors, so that a test of three is one.
inline const tbb::global_control kThreeWorkers(tbb::global_control::max_allowed_parallelism, 3);

}  // namespace firstframe
