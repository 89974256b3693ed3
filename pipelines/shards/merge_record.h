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

/// Before an output is begun anew: a record of a former merge says nothing of the new draft. \throws OutputError, TransientError
void forget_merge_record(const std::filesystem::path& folder, std::int64_t input);

/// Where a merge was killed while it gave the folders that are this input's outputs their names: those that have theirs stay, and
/// the drafts that are left, which are whole, get theirs. False, and nothing is renamed, where the record does not say
/// `publishing`, or an output is neither there nor its draft.
/// \throws OutputError, TransientError
bool publish_what_is_left(const std::filesystem::path& folder, const BatchPlan& plan, std::int64_t input);

/// Whether a shard holds sections of an input.
bool has_sections_of(const Shard& shard, std::int64_t input);

}  // namespace firstframe
