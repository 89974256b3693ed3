#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>

#include "pipelines/cli/progress.h"
#include "pipelines/shards/run_shards.h"

namespace firstframe {

/// Tells on standard error what a run of shards does: a bar, or one JSON object a line with shard, host, job and restart. What has
/// become of each shard is a line on standard output.
class BatchLog {
 public:
  /// \param shards, sections  that are to be run; of a single shard the failure is left to whoever catches it
  BatchLog(ProgressStyle style, std::size_t shards, std::int64_t sections);

  void tell(const RunEvent& event);

 private:
  void tell_json(const RunEvent& event);

  ProgressStyle style_;
  Progress progress_;
  std::size_t shards_;
  std::int64_t sections_;
  std::map<std::int64_t, std::int64_t> done_;  // of each shard
  RunMark mark_;
  std::chrono::steady_clock::time_point told_{};
};

}  // namespace firstframe
