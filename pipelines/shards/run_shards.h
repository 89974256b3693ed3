#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/restorers/restorer.h"
#include "pipelines/shards/batch_inputs.h"
#include "pipelines/shards/batch_plan.h"
#include "pipelines/shards/shard_state.h"

namespace firstframe {

/// What a run tells while it works.
struct RunEvent {
  enum class Kind { began, section, finished, was_finished, retry, failed, stopped };
  Kind kind = Kind::began;
  std::int64_t shard = 0;
  std::int64_t done = 0;        // sections of the shard that are there
  std::int64_t sections = 0;    // of the shard
  std::int64_t taken_over = 0;  // of them, those that an earlier run left
  double seconds = 0;           // since this run began the shard
  int attempt = 0;              // 0: the first
  std::string why;              // retry, failed
};
std::string_view name_of(RunEvent::Kind kind);

struct RunOptions {
  int retries = 2;          // more tries of a shard after errors that may pass
  double first_wait_s = 1;  // before the first of them; twice as long before each next
  int threads = 0;          // 0: all
};

/// Restores shards of a batch. The model is loaded when the first shard needs it.
class ShardRunner {
 public:
  /// \param tell  called from several threads, one at a time
  ShardRunner(const BatchPlan& plan, const std::filesystem::path& folder, const RunOptions& options,
              std::function<void(const RunEvent&)> tell, std::stop_token stop);

  /// Restores a shard unless its result is there and has its hash. Going on where a run that was stopped or killed left it, a run
  /// costs what is missing. A stop finishes the sections that are begun.
  /// \return whether it is finished; false only after a stop
  /// \throws FormatError, MissingFileError for this shard's input; other errors concern all shards
  bool run(std::int64_t shard);

 private:
  bool run_once(std::int64_t shard, int attempt);
  const Restorer& restorer();
  void tell(RunEvent::Kind kind, std::int64_t shard, int attempt, const std::string& why = {}) const;

  BatchPlan plan_;
  ShardFolder folder_;
  RunOptions options_;
  std::function<void(const RunEvent&)> tell_;
  std::stop_token stop_;
  RunMark mark_;
  std::filesystem::path batch_folder_;
  std::shared_ptr<const Restorer> restorer_;
  std::optional<BatchInputs> inputs_;
};

}  // namespace firstframe
