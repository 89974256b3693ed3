#include "io/files/file_reader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {

FileReader::FileReader(std::filesystem::path path) : path_(std::move(path)) {
  // Without O_NONBLOCK opening a pipe would wait for its writer.
  file_ = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file_ < 0 && (errno == ENOENT || errno == ENOTDIR))
    throw MissingFileError(text(path_.string(), ": there is no such file"));
  struct stat info {};
  if (file_ < 0 || ::fstat(file_, &info) != 0) {
    const int error = errno;
    if (file_ >= 0) ::close(file_);
    throw MissingFileError(text(path_.string(), ": cannot be read: ", std::strerror(error)));
  }
  if (!S_ISREG(info.st_mode)) {
    ::close(file_);
    throw FormatError(text(path_.string(), ": is ", S_ISDIR(info.st_mode) ? "a folder" : "no regular file",
                           "; give the name of a file"));
  }
  size_ = info.st_size;
}

FileReader::~FileReader() { ::close(file_); }

void FileReader::read(std::int64_t offset, std::span<std::byte> to) const {
  const auto end = offset + static_cast<std::int64_t>(to.size());
  while (!to.empty()) {
    const auto got = ::pread(file_, to.data(), to.size(), end - static_cast<std::int64_t>(to.size()));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw MissingFileError(text(path_.string(), ": cannot be read: ", std::strerror(errno)));
    if (got == 0) {
      struct stat info {};
      ::fstat(file_, &info);
      throw FormatError(text(path_.string(), ": is cut: ", end, " bytes were expected, the file has ", info.st_size));
    }
    to = to.subspan(static_cast<std::size_t>(got));
  }
}

}  // namespace firstframe
