#include "pipelines/shards/run_mark.h"

#include <unistd.h>

#include <cstdlib>

#include "core/base/processor.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

std::string job_here() {
  if (const auto array = variable("SLURM_ARRAY_JOB_ID"); !array.empty())
    return array + "_" + variable("SLURM_ARRAY_TASK_ID");
  if (const auto job = variable("SLURM_JOB_ID"); !job.empty()) return job;
  const auto task = variable("SGE_TASK_ID");
  return task.empty() ? "" : variable("JOB_ID") + "." + task;
}

}  // namespace

std::string RunMark::tag() const { return text(host, "-", pid, ".", restart); }

RunMark this_run() {
  RunMark mark;
  mark.host = variable("SLURMD_NODENAME");
  if (mark.host.empty()) {
    char name[256] = {};
    mark.host = gethostname(name, sizeof name - 1) == 0 ? name : "unknown";
  }
  mark.pid = getpid();
  mark.job = job_here();
  mark.restart = std::atoll(variable("SLURM_RESTART_COUNT").c_str());
  return mark;
}

std::string arithmetic_here(bool is_gpu) {
  if (is_gpu) return "cuda";
  std::string arithmetic = "cpu";
  for (const auto* feature : {"avx2", "avx512f", "avx512_bf16", "amx_bf16", "asimd", "bf16"})
    if (processor_has(feature)) arithmetic += text(" ", feature);
  return arithmetic;
}

}  // namespace firstframe
