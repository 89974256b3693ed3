#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/frame/section.h"
#include "io/files/file_reader.h"
#include "pipelines/shards/content_hash.h"

namespace firstframe {

// A shard's result is one file: a line with its key, then section after section, each with its number, its shape, its samples and a
// hash of the three. What a killed run left is therefore good up to its last whole section, and is known to be.

/// Length and hash of a whole file of results.
struct SealedShard {
  std::int64_t bytes = 0;
  std::string hash;
};

/// Reads the sections of a result, or of the draft of one, in order.
class ShardReader {
 public:
  /// \throws MissingFileError when there is none
  /// \throws FormatError when it does not begin as a result does, or has another key
  ShardReader(const std::filesystem::path& file, const std::string& key);

  /// The next section; nothing at the end. \throws FormatError when what follows is cut or damaged
  std::optional<Section> next();
  /// Of what was read so far.
  SealedShard so_far() const { return {at_, hash_.name()}; }

 private:
  void read(std::span<std::byte> to);

  FileReader file_;
  ContentHash hash_;
  std::int64_t at_ = 0;
  std::int64_t number_ = 0;
};

/// Writes a result into a draft beside it, 0007.sections.part.TAG, and gives it its name when it is whole.
///
/// A writer that is destroyed before leaves its draft, which another run of the shard takes over section by section.
class ShardWriter {
 public:
  /// \throws OutputError, TransientError when the draft cannot be made
  ShardWriter(std::filesystem::path target, std::string key, const std::string& tag);
  ~ShardWriter();
  ShardWriter(const ShardWriter&) = delete;
  ShardWriter& operator=(const ShardWriter&) = delete;

  /// Copies the good sections that another run left: whole groups of `group`, of `limit` groups at most. Drafts of runs that live
  /// are read, too, and left alone. \return groups copied
  std::int64_t adopt(std::int64_t limit, std::int64_t group);

  void write(const Section& section);

  /// Flushes, renames and deletes other drafts of this result.
  /// \return nothing when another run has finished the same shard meanwhile and removed this draft, which is as good
  /// \throws OutputError, TransientError
  std::optional<SealedShard> seal();

 private:
  std::int64_t copy_from(const std::filesystem::path& draft, std::int64_t limit, std::int64_t group);
  void put(std::span<const std::byte> bytes);
  [[noreturn]] void refuse(int error) const;

  std::filesystem::path target_;
  std::string key_;
  std::filesystem::path draft_;
  ContentHash hash_;
  std::int64_t bytes_ = 0;
  std::int64_t number_ = 0;
  int file_ = -1;
};

/// The drafts of a result that are there, other than `own`.
std::vector<std::filesystem::path> drafts_of(const std::filesystem::path& target,
                                             const std::filesystem::path& own = {});

}  // namespace firstframe
