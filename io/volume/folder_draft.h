#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "io/volume/draft_journal.h"

namespace firstframe {

/// A folder of one file a section that outlives a stopped run: OUT.part/ and its journal OUT.part.json.
///
///     FolderDraft draft("restored", info, options, {"000000.png"});
///     write_picture(draft.path() / "000000.png", section);
///     draft.section_done(/*clipped=*/0);
///     draft.publish();
///
/// The files in it are whole each (FileDraft). The journal is brought up to date every ten seconds; a run that is killed
/// repeats that much.
class FolderDraft {
 public:
  /// \param target  the output; a link is followed. The draft lies beside it.
  /// \param names   the sections' files, in order
  /// \throws OutputError when the folder around it is missing or not writable, `target` is there and not an empty folder, or
  ///         another run is writing this draft
  /// \throws ArgumentError, FormatError when options.resume and the draft was made from something else, or lacks
  ///         a file that its journal promises
  FolderDraft(const std::filesystem::path& target, const VolumeInfo& info, const SinkOptions& options,
              const std::vector<std::string>& names);
  /// Leaves the draft, with a journal that says how far it is; deletes both where options.keeps_draft is false.
  ~FolderDraft();
  FolderDraft(const FolderDraft&) = delete;
  FolderDraft& operator=(const FolderDraft&) = delete;

  const std::filesystem::path& target() const { return target_; }
  const std::filesystem::path& path() const { return draft_; }
  std::int64_t first_missing() const { return progress_.sections; }
  std::int64_t clipped() const { return progress_.clipped; }

  /// The file of the section after the last one is in the folder. \param clipped  samples of it that were limited
  void section_done(std::int64_t clipped);

  /// Renames the folder to the target and deletes the journal. \throws OutputError
  void publish();

  /// Refuses a section that is not the next one of `count`. \throws ArgumentError
  void require_next(std::int64_t index, std::int64_t count) const;
  /// Refuses to finish before all are there. \throws ArgumentError
  void require_all(std::int64_t count) const;

 private:
  void open(bool resume, const std::vector<std::string>& names);
  void require_files(std::int64_t sections, const std::vector<std::string>& names) const;
  void begin_anew();
  void note_progress();
  void discard();

  std::filesystem::path target_;  // as it was given
  std::filesystem::path place_;   // links followed
  std::filesystem::path draft_;
  DraftJournal journal_;
  DraftProgress progress_;
  std::chrono::steady_clock::time_point noted_;
  bool is_noted_ = true;
  bool is_kept_;
  int folder_ = -1;  // held open for its lock
};

}  // namespace firstframe
