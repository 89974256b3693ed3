#include "io/volume/volume_draft.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/disk_full.h"
#include "io/files/file_draft.h"
#include "io/files/followed.h"
#include "io/files/free_space.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

constexpr auto kNoteEvery = std::chrono::seconds(10);
constexpr std::int64_t kHandOver = std::int64_t{32} << 20;  // bytes after which the disk is told to begin with them

}  // namespace

fs::path draft_beside(const fs::path& target) { return target.string() + ".part"; }

VolumeDraft::VolumeDraft(const fs::path& target, const VolumeInfo& info, const SinkOptions& options, std::int64_t bytes)
    : target_(target),
      place_(followed(target)),
      draft_(draft_beside(place_)),
      journal_(draft_.string() + ".json", info, options),
      bytes_(bytes),
      noted_(std::chrono::steady_clock::now()),
      is_kept_(options.keeps_draft) {
  { const FileDraft probe(target_); }  // refuses a missing folder, a device, a folder of that name
  try {
    open(options.resume);
  } catch (...) {
    if (file_ >= 0) ::close(file_);
    throw;
  }
}

void VolumeDraft::open(bool resume) {
  file_ = ::open(draft_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (file_ < 0) refuse(errno);
  if (::flock(file_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    throw OutputError(text(target_.string(), ": another run is writing ", draft_.string(), "; wait for it or stop it"));

  struct stat info {};
  if (::fstat(file_, &info) != 0) refuse(errno);
  const auto noted = resume ? journal_.read() : std::nullopt;
  if (noted && noted->sections > 0) {
    if (noted->bytes != bytes_ || info.st_size < bytes_)
      throw FormatError(text(draft_.string(), ": has ", info.st_size, " bytes, its journal promises ", bytes_,
                             "; begin anew without --resume"));
    progress_ = *noted;
    return;
  }
  if (info.st_size > 0 && !journal_.exists())
    throw OutputError(text(draft_.string(), ": is there and no draft of Firstframe's; rename or remove it"));
  begin_anew();
}

void VolumeDraft::begin_anew() {
  // First, so that a run killed here leaves no journal that promises what is gone.
  progress_ = {0, bytes_, 0};
  journal_.write(progress_);
  try {
    if (::ftruncate(file_, 0) != 0) refuse(errno);
    require_space(draft_, static_cast<std::uintmax_t>(bytes_), target_);
    if (::fallocate(file_, 0, 0, bytes_) != 0) {
      if (errno == ENOSPC || errno == EDQUOT || errno == EFBIG) refuse(errno);
      if (::ftruncate(file_, bytes_) != 0) refuse(errno);
    }
  } catch (...) {
    ::unlink(draft_.c_str());
    journal_.remove();
    throw;
  }
}

VolumeDraft::~VolumeDraft() {
  if (file_ < 0) return;
  if (!is_kept_) {
    discard();
    return;
  }
  try {
    note_progress();
  } catch (const Error&) {
    // The journal that stands says less than there is, which costs time but is true.
  }
  ::close(file_);
}

void VolumeDraft::write(std::int64_t offset, std::span<const std::byte> bytes) {
  unhanded_ += static_cast<std::int64_t>(bytes.size());
  while (!bytes.empty()) {
    const auto done = ::pwrite(file_, bytes.data(), bytes.size(), offset);
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) refuse(errno);
    bytes = bytes.subspan(static_cast<std::size_t>(done));
    offset += done;
  }
  if (unhanded_ < kHandOver) return;
  // The disk writes while sections are restored, so that little is left for the flush at the end. Only a hint.
  ::sync_file_range(file_, 0, 0, SYNC_FILE_RANGE_WRITE);
  unhanded_ = 0;
}

void VolumeDraft::section_done(std::int64_t clipped) {
  ++progress_.sections;
  progress_.clipped += clipped;
  is_noted_ = false;
  if (std::chrono::steady_clock::now() - noted_ >= kNoteEvery) note_progress();
}

void VolumeDraft::note_progress() {
  if (is_noted_) return;
  if (::fdatasync(file_) != 0 && errno != EINVAL) refuse(errno);
  journal_.write(progress_);
  is_noted_ = true;
  noted_ = std::chrono::steady_clock::now();
}

void VolumeDraft::publish() {
  struct stat before {};
  if (::stat(place_.c_str(), &before) == 0) ::fchmod(file_, before.st_mode & 07777);
  note_progress();
  if (::fsync(file_) != 0 && errno != EINVAL) refuse(errno);
  if (::rename(draft_.c_str(), place_.c_str()) != 0) refuse(errno);
  ::close(file_);
  file_ = -1;
  journal_.remove();
  const auto folder = place_.has_parent_path() ? place_.parent_path() : fs::path(".");
  const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (opened >= 0) {
    ::fsync(opened);
    ::close(opened);
  }
}

void VolumeDraft::discard() {
  ::unlink(draft_.c_str());
  ::close(file_);
  file_ = -1;
  journal_.remove();
}

void VolumeDraft::refuse(int error) const {
  const auto message = text(target_.string(), ": cannot be written: ", std::strerror(error),
                            is_kept_ && progress_.sections > 0 ? "; what is done stays in " + draft_.string() + ", go on with --resume" : "");
  if (error == ENOSPC || error == EDQUOT) throw DiskFullError(message);
  throw OutputError(message);
}

}  // namespace firstframe
