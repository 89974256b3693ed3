#pragma once

#include <cstdint>
#include <string>

namespace firstframe {

/// Who computes: for the names of drafts, for logs and for the manifests of shards.
struct RunMark {
  std::string host;
  std::int64_t pid = 0;
  std::string job;           // "1234_7" of Slurm, "99.3" of Grid Engine; empty outside of a scheduler
  std::int64_t restart = 0;  // how many times the scheduler has begun this task anew

  /// "n3-4711.1": part of a draft's name; no two runs that live at the same time have the same.
  std::string tag() const;
};

/// This process, from the host's name and SLURM_ARRAY_JOB_ID, SLURM_ARRAY_TASK_ID, SLURM_JOB_ID, SLURM_RESTART_COUNT, or JOB_ID and
/// SGE_TASK_ID. Host: SLURMD_NODENAME where Slurm gives one.
RunMark this_run();

/// What floating point is computed with here, "cpu avx512f avx512_bf16" or "cuda". Other arithmetic rounds otherwise, so that
/// shards from both are not the bytes that one machine gives.
std::string arithmetic_here(bool is_gpu);

}  // namespace firstframe
