#pragma once

#include <tbb/task_arena.h>

namespace firstframe {

/// Where the calling thread's parallel loops run on `threads` threads at most, itself among them. Made once for each
/// number and kept until the thread ends, so that a stream does not make one for every frame.
tbb::task_arena& thread_arena(int threads);

}  // namespace firstframe
