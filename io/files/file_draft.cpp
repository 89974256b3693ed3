#include "io/files/file_draft.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <utility>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/followed.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

[[noreturn]] void refuse(const fs::path& target, int error) {
  throw OutputError(text(target.string(), ": cannot be written: ", std::strerror(error)));
}

fs::path folder_of(const fs::path& file) { return file.has_parent_path() ? file.parent_path() : "."; }

// Names longer than 255 bytes do not exist, so a long name is shortened to leave room for the rest.
fs::path draft_name(const fs::path& target) {
  static std::atomic<unsigned> count{0};
  const auto name = target.filename().string().substr(0, 180);
  return text(".", name, ".", ::getpid(), ".", count++, ".part", target.extension().string());
}

// Flushes a file or folder. File systems that cannot flush a folder say EINVAL, which is no loss of data.
int flush(const fs::path& path, int flags) {
  const int file = ::open(path.c_str(), flags | O_CLOEXEC);
  if (file < 0) return errno;
  const int error = ::fsync(file) == 0 ? 0 : errno;
  ::close(file);
  return error == EINVAL ? 0 : error;
}

}  // namespace

FileDraft::FileDraft(fs::path target) : target_(std::move(target)), place_(followed(target_)) {
  const auto folder = folder_of(place_);
  struct stat at {};
  if (::stat(folder.c_str(), &at) != 0 && errno == ENOENT)
    throw OutputError(
        text(target_.string(), ": the folder ", folder.string(), " does not exist; make it first"));
  mode_t mode = 0;
  if (::stat(place_.c_str(), &at) == 0) {
    if (!S_ISREG(at.st_mode))
      throw OutputError(text(target_.string(), ": is ", S_ISDIR(at.st_mode) ? "a folder" : "no regular file",
                             " and is not replaced; give the name of a file"));
    mode = at.st_mode & 07777;
  }

  draft_ = folder / draft_name(place_);
  const int file = ::open(draft_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (file < 0) refuse(target_, errno);
  if (mode != 0) ::fchmod(file, mode);
  ::close(file);
}

FileDraft::~FileDraft() {
  if (!published_) ::unlink(draft_.c_str());
}

void FileDraft::publish() {
  if (published_) return;
  // Flushed before the rename: otherwise a power cut could leave the new name with no content.
  int error = flush(draft_, O_RDONLY);
  if (error == 0 && ::rename(draft_.c_str(), place_.c_str()) != 0) error = errno;
  if (error != 0) {
    ::unlink(draft_.c_str());
    refuse(target_, error);
  }
  published_ = true;
  // The folder holds the name. A folder that may be written but not read (EACCES) cannot be flushed.
  error = flush(folder_of(place_), O_RDONLY | O_DIRECTORY);
  if (error != 0 && error != EACCES) refuse(target_, error);
}

}  // namespace firstframe
