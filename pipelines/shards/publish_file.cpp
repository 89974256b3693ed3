#include "pipelines/shards/publish_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "core/base/text.h"
#include "io/files/disk_full.h"
#include "pipelines/shards/transient_error.h"

namespace fs = std::filesystem;

namespace firstframe {

void throw_output_error(const std::string& what, int error) {
  const auto message = text(what, ": cannot be written: ", std::strerror(error));
  switch (error) {
    case EROFS:
    case EACCES:
    case EPERM:
    case ENOENT:
    case ENOTDIR:
    case ENAMETOOLONG:
      throw OutputError(message);
    case ENOSPC:
    case EDQUOT:
      throw DiskFullError(message + "; free some space and run again, what is done is kept");
    default:
      throw TransientError(message);
  }
}

void flush_folder(const fs::path& folder) {
  const int opened = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (opened < 0) return;
  ::fsync(opened);
  ::close(opened);
}

void publish_file(const fs::path& file, std::string_view content, const std::string& tag) {
  const auto draft = file.string() + ".part." + tag;
  const int opened = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (opened < 0) throw_output_error(file.string(), errno);
  int error = 0;
  while (error == 0 && !content.empty()) {
    const auto done = ::write(opened, content.data(), content.size());
    if (done < 0 && errno != EINTR) error = errno;
    if (done > 0) content.remove_prefix(static_cast<std::size_t>(done));
  }
  if (error == 0 && ::fsync(opened) != 0 && errno != EINVAL) error = errno;
  ::close(opened);
  if (error == 0 && ::rename(draft.c_str(), file.c_str()) != 0) error = errno;
  if (error != 0) {
    ::unlink(draft.c_str());
    throw_output_error(file.string(), error);
  }
  flush_folder(file.parent_path());
}

}  // namespace firstframe
