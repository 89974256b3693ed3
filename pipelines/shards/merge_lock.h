#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

namespace firstframe {

/// Held on FOLDER/shards/merge-0000.lock while the outputs of one input are written, so that two merges do not write one draft,
/// while merges of other inputs may. The empty file stays: one that is removed could be held twice.
class MergeLock {
 public:
  /// \throws OutputError when another merge of this input holds it, or the file cannot be made
  MergeLock(const std::filesystem::path& folder, std::int64_t input);
  ~MergeLock();
  MergeLock(const MergeLock&) = delete;
  MergeLock& operator=(const MergeLock&) = delete;

  /// Why the file system keeps no lock, as some of clusters do not; empty when it is held.
  const std::string& why_not() const { return why_not_; }

 private:
  int file_;
  std::string why_not_;
};

/// Lets this process have so many files open beside those that it has, as far as the system allows.
void may_open(std::size_t files);

}  // namespace firstframe
