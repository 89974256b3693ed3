#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "pipelines/shards/batch_plan.h"
#include "pipelines/shards/run_mark.h"
#include "pipelines/shards/shard_file.h"

namespace firstframe {

/// Where the results of a batch lie: FOLDER/shards/0007.sections, its manifest 0007.json, and 0007.failed.json where a run gave up.
class ShardFolder {
 public:
  ShardFolder(std::filesystem::path folder, const BatchPlan& plan);

  std::filesystem::path results(std::int64_t shard) const { return named(shard, ".sections"); }
  std::filesystem::path manifest(std::int64_t shard) const { return named(shard, ".json"); }
  std::filesystem::path failure(std::int64_t shard) const { return named(shard, ".failed.json"); }
  const std::filesystem::path& path() const { return folder_; }

 private:
  std::filesystem::path named(std::int64_t shard, const char* ending) const;

  std::filesystem::path folder_;
  std::size_t digits_;
};

/// What says that a shard is finished: its result's length and hash, under the key of what it was made from.
struct ShardManifest {
  std::string key;
  std::int64_t sections = 0;
  SealedShard sealed;
  RunMark by;
  std::string arithmetic;  // arithmetic_here()
  double seconds = 0;      // of the run that finished it
};

/// \throws OutputError, TransientError
void write_manifest(const ShardFolder& folder, std::int64_t shard, const ShardManifest& manifest);
/// Notes why a run gave a shard up. Never throws: the error itself is what the user has to hear.
void note_failure(const ShardFolder& folder, std::int64_t shard, const RunMark& by, const std::string& why) noexcept;
/// Forgets what note_failure noted.
void forget_failure(const ShardFolder& folder, std::int64_t shard) noexcept;

/// How far one shard is. All but `finished` are still to be done, by any run of it.
struct ShardState {
  enum class Kind {
    missing,  // nothing is there
    begun,    // a run works on it, or was stopped: of states_of() alone
    failed,   // a run gave it up: `why`
    stale,    // finished, but from another input, model or setting
    damaged,  // its result has not the length or the hash that its manifest states, or the manifest cannot be read
    finished,
  };
  Kind kind = Kind::missing;
  ShardManifest manifest;  // of a finished one
  std::string why;         // of a failed or damaged one
};
std::string_view name_of(ShardState::Kind kind);

/// \param verify  reads a finished result and compares its hash; else its length has to do
ShardState state_of(const ShardFolder& folder, const BatchPlan& plan, std::int64_t shard, bool verify);

/// Of all shards.
std::vector<ShardState> states_of(const ShardFolder& folder, const BatchPlan& plan, bool verify);

}  // namespace firstframe
