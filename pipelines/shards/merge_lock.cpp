#include "pipelines/shards/merge_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iomanip>

#include "core/base/error.h"
#include "core/base/text.h"
#include "pipelines/shards/transient_error.h"

namespace firstframe {

MergeLock::MergeLock(const std::filesystem::path& folder, std::int64_t input) {
  const auto file = folder / "shards" / text("merge-", std::setw(4), std::setfill('0'), input, ".lock");
  // Writable: NFS makes a write lock of it, which a descriptor for reading does not get.
  file_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (file_ < 0) throw_output_error(file.string(), errno);
  int error = 0;
  do {
    error = ::flock(file_, LOCK_EX | LOCK_NB) == 0 ? 0 : errno;
  } while (error == EINTR);
  if (error == EWOULDBLOCK) {
    ::close(file_);
    throw OutputError(
        text(folder.string(), ": another merge of input ", input, " is at work; wait for it or stop it"));
  }
  if (error != 0) why_not_ = text(file.string(), ": cannot be locked: ", std::strerror(error));
}

MergeLock::~MergeLock() { ::close(file_); }

void may_open(std::size_t files) {
  constexpr rlim_t kOthers = 256;  // libraries, inputs, drafts
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= files + kOthers) return;
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, files + kOthers);
  ::setrlimit(RLIMIT_NOFILE, &limit);  // where it is refused, the opening says so
}

}  // namespace firstframe
