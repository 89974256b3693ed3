#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "pipelines/shards/batch_plan.h"

namespace firstframe {

/// FOLDER/shards/merged-0000.json: how far the merge of one input has come.
struct MergeRecord {
  enum class State { none, publishing, published };
  State state = State::none;
  std::int64_t clipped = 0;
};

/// What a merged output is made from, known from the plan alone: the keys of its shards and its names.
std::string merge_print(const BatchPlan& plan, std::int64_t input);

/// `none` as well when it is of another plan, or an output is gone that was published.
MergeRecord read_merge_record(const std::filesystem::path& folder, const BatchPlan& plan, std::int64_t input);
/// \throws OutputError, TransientError
void write_merge_record(const std::filesystem::path& folder, const BatchPlan& plan, std::int64_t input,
                        const MergeRecord& record);

/// Whether a merge that was killed had published the folders that are this input's outputs, and only had not said so yet.
bool is_published_folder(const std::filesystem::path& folder, const BatchPlan& plan, std::int64_t input);

/// Whether a shard holds sections of an input.
bool has_sections_of(const Shard& shard, std::int64_t input);

}  // namespace firstframe
