#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

#include "io/volume/draft_journal.h"

namespace firstframe {

/// A file of known length that grows section by section and outlives a stopped run: OUT.part and its journal OUT.part.json.
///
///     VolumeDraft draft("out.mha", info, options, bytes);
///     for (auto i = draft.first_missing(); i < count; ++i) { draft.write(place, bytes); draft.section_done(0); }
///     draft.publish();
///
/// All its room is taken from the disk when it is made, where the file system can, so that a disk cannot fill during hours
/// of work. Every ten seconds the draft is flushed and the journal brought up to date; a run that is killed loses that much.
class VolumeDraft {
 public:
  /// \param target  the output; a link is followed. The draft lies beside it.
  /// \param bytes   length of the finished draft
  /// \throws OutputError when the folder is missing or not writable, the name belongs to no file, the disk has no room,
  ///         another run is writing this draft, or OUT.part is somebody else's: not empty and without a journal
  /// \throws ArgumentError, FormatError when options.resume and the draft was made from something else, or is cut
  VolumeDraft(const std::filesystem::path& target, const VolumeInfo& info, const SinkOptions& options, std::int64_t bytes);
  /// Leaves the draft, flushed, with a journal that says how far it is; deletes both where options.keeps_draft is false.
  ~VolumeDraft();
  VolumeDraft(const VolumeDraft&) = delete;
  VolumeDraft& operator=(const VolumeDraft&) = delete;

  const std::filesystem::path& target() const { return target_; }  // as it was given
  const std::filesystem::path& path() const { return draft_; }
  std::int64_t first_missing() const { return progress_.sections; }
  std::int64_t clipped() const { return progress_.clipped; }

  /// \throws OutputError with the system's reason: a full disk, a quota, a broken disk
  void write(std::int64_t offset, std::span<const std::byte> bytes);

  /// The section after the last one is in the draft. \param clipped  samples of it that were limited
  void section_done(std::int64_t clipped);

  /// Flushes the draft, gives it the target's name and deletes the journal. \throws OutputError
  void publish();

  /// Deletes the draft and its journal, for writers that made the output from it in another way.
  void discard();

 private:
  void open(bool resume);
  void begin_anew();
  void note_progress();
  [[noreturn]] void refuse(int error) const;

  std::filesystem::path target_;
  std::filesystem::path place_;
  std::filesystem::path draft_;
  DraftJournal journal_;
  DraftProgress progress_;
  std::int64_t bytes_;
  std::int64_t unhanded_ = 0;  // bytes written that the disk was not told to begin with
  std::chrono::steady_clock::time_point noted_;
  bool is_noted_ = true;
  bool is_kept_;
  int file_ = -1;
};

/// Beside a target whose links have been followed: OUT.part.
std::filesystem::path draft_beside(const std::filesystem::path& target);

}  // namespace firstframe
