#include "core/base/thread_budget.h"

#include <tbb/info.h>

#include <algorithm>
#include <cstdlib>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

int limit_from_environment(const char* name, int available) {
  const char* value = std::getenv(name);
  const int wanted = value ? std::atoi(value) : 0;
  return wanted > 0 ? std::min(wanted, available) : available;
}

}  // namespace

int thread_budget(int requested) {
  if (requested < 0 || requested > 1024)
    throw ArgumentError(text("threads: ", requested, " is not accepted; use 1..1024, or 0 for all"));
  if (requested > 0) return requested;
  int available = tbb::info::default_concurrency();  // honours the process's CPU mask
  available = limit_from_environment("SLURM_CPUS_PER_TASK", available);
  return limit_from_environment("OMP_NUM_THREADS", available);
}

}  // namespace firstframe
