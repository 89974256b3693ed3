#pragma once

#include <filesystem>

namespace firstframe {

/// A file that appears under its name only when it is whole: written beside it, then renamed.
///
///     FileDraft draft("restored.png");
///     write_to(draft.path());          // .restored.png.<pid>.<n>.part, same ending, same folder
///     draft.publish();                 // flushed to the disk and renamed
///
/// A draft that is not published is deleted: an exception, Ctrl-C handled by the program or a full disk
/// leaves what stood under the name before. For files whose writer looks at the ending, the draft keeps it. A
/// file that is replaced passes on its permissions; a link keeps pointing where it did, and the file behind
/// it is replaced.
class FileDraft {
 public:
  /// \throws OutputError when the folder does not exist or is not writable, or the name belongs to something
  ///         that is no file (a folder, a device such as /dev/null, a pipe)
  explicit FileDraft(std::filesystem::path target);
  ~FileDraft();
  FileDraft(const FileDraft&) = delete;
  FileDraft& operator=(const FileDraft&) = delete;

  const std::filesystem::path& path() const { return draft_; }
  const std::filesystem::path& target() const { return target_; }

  /// \throws OutputError when the disk is full or the rename fails; the draft is then deleted
  void publish();

 private:
  std::filesystem::path target_;
  std::filesystem::path place_;  // the target, links followed
  std::filesystem::path draft_;
  bool published_ = false;
};

}  // namespace firstframe
