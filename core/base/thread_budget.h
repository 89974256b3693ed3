#pragma once

namespace firstframe {

/// The number of threads that `requested` stands for.
///
/// 0 means all: the processors this process may run on, or fewer where SLURM_CPUS_PER_TASK or
/// OMP_NUM_THREADS says so. One number bounds both TBB's workers (tiles) and LibTorch's (training);
/// they never multiply, because LibTorch runs single-threaded inside a TBB task.
///
/// \throws ArgumentError when `requested` is negative or above 1024
int thread_budget(int requested);

}  // namespace firstframe
