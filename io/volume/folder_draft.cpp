#include "io/volume/folder_draft.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/followed.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

constexpr auto kNoteEvery = std::chrono::seconds(10);

fs::path without_slash(const fs::path& folder) {
  return folder.has_filename() ? folder : folder.parent_path();
}

// What a killed run left of the file it was writing.
void remove_unfinished(const fs::path& folder) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error))
    if (entry.path().filename().string().starts_with('.')) fs::remove(entry.path(), error);
}

}  // namespace

FolderDraft::FolderDraft(const fs::path& target, const VolumeInfo& info, const SinkOptions& options,
                         const std::vector<std::string>& names)
    : target_(without_slash(target)),
      place_(followed(target_)),
      draft_(place_.string() + ".part"),
      journal_(draft_.string() + ".json", info, options),
      noted_(std::chrono::steady_clock::now()),
      is_kept_(options.keeps_draft) {
  std::error_code error;
  if (fs::exists(target_, error) && !(fs::is_directory(target_, error) && fs::is_empty(target_, error)))
    throw OutputError(text(target_.string(),
                           ": is there already and not empty; remove it or give the name of a new folder"));
  try {
    open(options.resume, names);
  } catch (...) {
    if (folder_ >= 0) ::close(folder_);
    throw;
  }
}

void FolderDraft::open(bool resume, const std::vector<std::string>& names) {
  std::error_code error;
  const bool is_new = fs::create_directory(draft_, error);
  if (error) throw OutputError(text(target_.string(), ": cannot be written: ", error.message()));
  folder_ = ::open(draft_.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (folder_ < 0) throw OutputError(text(target_.string(), ": cannot be written: ", std::strerror(errno)));
  if (::flock(folder_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    throw OutputError(
        text(target_.string(), ": another run is writing ", draft_.string(), "; wait for it or stop it"));

  const auto noted = resume ? journal_.read() : std::nullopt;
  if (noted && !is_new) {
    require_files(noted->sections, names);
    progress_ = *noted;
    remove_unfinished(draft_);
    return;
  }
  begin_anew();
}

void FolderDraft::require_files(std::int64_t sections, const std::vector<std::string>& names) const {
  for (std::size_t index = 0; index < static_cast<std::size_t>(sections); ++index)
    if (index >= names.size() || !fs::is_regular_file(draft_ / names[index]))
      throw FormatError(text(draft_.string(), ": the file of section ", index, " is missing, its journal promises ", sections,
                             "; begin anew without --resume"));
}

void FolderDraft::begin_anew() {
  std::error_code error;
  if (!journal_.exists() && !fs::is_empty(draft_, error))
    throw OutputError(text(draft_.string(), ": is there and no draft of Firstframe's; rename or remove it"));
  // First, so that a run killed here leaves no journal that promises what is gone.
  progress_ = {};
  journal_.write(progress_);
  for (const auto& entry : fs::directory_iterator(draft_, error)) fs::remove(entry.path(), error);
}

FolderDraft::~FolderDraft() {
  if (folder_ < 0) return;
  if (!is_kept_) {
    discard();
    return;
  }
  try {
    note_progress();
  } catch (const Error&) {
    // The journal that stands says less than there is, which costs time but is true.
  }
  ::close(folder_);
}

void FolderDraft::discard() {
  std::error_code error;
  fs::remove_all(draft_, error);
  ::close(folder_);
  folder_ = -1;
  journal_.remove();
}

void FolderDraft::section_done(std::int64_t clipped) {
  ++progress_.sections;
  progress_.clipped += clipped;
  is_noted_ = false;
  if (std::chrono::steady_clock::now() - noted_ >= kNoteEvery) note_progress();
}

void FolderDraft::note_progress() {
  if (is_noted_) return;
  ::fsync(folder_);  // the names; file systems that cannot flush a folder lose nothing by it
  journal_.write(progress_);
  is_noted_ = true;
  noted_ = std::chrono::steady_clock::now();
}

void FolderDraft::publish() {
  note_progress();
  // An empty folder of that name is replaced.
  if (::rename(draft_.c_str(), place_.c_str()) != 0)
    throw OutputError(text(target_.string(), ": cannot be written: ", std::strerror(errno),
                           "; the finished sections are in ", draft_.string()));
  ::close(folder_);
  folder_ = -1;
  journal_.remove();
}

void FolderDraft::require_next(std::int64_t index, std::int64_t count) const {
  if (index == first_missing() && index < count) return;
  throw ArgumentError(text(target_.string(), ": section ", index, " was given, section ", first_missing(),
                           " of ", count, " is next; sections are written in ascending order"));
}

void FolderDraft::require_all(std::int64_t count) const {
  if (first_missing() == count) return;
  throw ArgumentError(text(target_.string(), ": ", first_missing(), " of ", count,
                           " sections are written; the volume is not whole"));
}

}  // namespace firstframe
