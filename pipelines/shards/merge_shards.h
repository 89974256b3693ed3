#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "pipelines/shards/batch_plan.h"

namespace firstframe {

struct MergeOptions {
  std::optional<std::int64_t> input;  // this one alone; nothing for all
  bool removes_results = false;       // deletes the shards' results when all inputs are merged
};

struct MergedInput {
  std::string output, residual;
  std::int64_t sections = 0;  // 0 when it was merged before
  std::int64_t clipped = 0;   // samples beyond what the output can store, limited to it
};

struct Merged {
  std::vector<MergedInput> inputs;
  std::vector<std::string>
      arithmetics;  // what the shards were computed with; more than one rounds otherwise than one process
  std::string unlocked;  // why the file system kept no lock, so that two merges of one input could meet; else empty
};

/// Pastes the results of all shards in order into the outputs, through the sinks that `firstframe restore` writes with, and gives
/// the outputs their names. Every section is compared with its hash before it is pasted, and every shard with its manifest's before
/// anything is published. An output that was merged before is left; a merge that was stopped is gone on with.
///
/// \param done  told how many sections of all to be merged are pasted
/// \throws Cancelled when shards are missing or damaged, with the list of them (manifests of damaged ones are removed, so that a run
///         does them again); or when a stop was requested
/// \throws OutputError when another merge of an input is at work, or with removes_results, of any; as open_volume_sink, open_sink
/// \throws FormatError when model or inputs have changed since the plan
Merged merge_shards(const BatchPlan& plan, const std::filesystem::path& folder, const MergeOptions& options,
                    const std::function<void(std::int64_t done, std::int64_t sections)>& done, std::stop_token stop);

}  // namespace firstframe
