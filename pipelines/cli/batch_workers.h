#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace firstframe {

struct WorkerOptions {
  int workers = 1;
  int retries = 2;  // of a shard whose worker was killed, by the machine's lack of memory for example
  std::vector<std::string> arguments;  // after `batch run FOLDER --shard K`
};

/// What has become of the shards.
struct WorkerOutcome {
  std::int64_t finished = 0;
  std::vector<std::int64_t> failed;
  int worst =
      0;  // of the exit codes of those that failed: 70 before 64, 69, 73, 65, and 75 only when it is the only one
  bool is_stopped = false;
};

/// Runs shards in processes of their own, so many at a time: a worker that dies takes only its shard's section with it, and the
/// shard is begun again. A stop is passed on to the workers, who finish their sections.
/// \throws DeviceError when no process can be started
WorkerOutcome run_workers(const std::filesystem::path& folder, std::vector<std::int64_t> shards,
                          const WorkerOptions& options, std::stop_token stop);

/// Throws what ends this process with the worst of the workers' exit codes.
[[noreturn]] void throw_worst(const WorkerOutcome& outcome, const std::string& message);

}  // namespace firstframe
