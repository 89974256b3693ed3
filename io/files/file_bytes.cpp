#include "io/files/file_bytes.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

struct OpenFile {
  int number;
  ~OpenFile() {
    if (number >= 0) ::close(number);
  }
};

[[noreturn]] void cannot_read(const std::filesystem::path& path, int error) {
  if (error == ENOENT || error == ENOTDIR)
    throw MissingFileError(text(path.string(), ": there is no such file"));
  throw MissingFileError(text(path.string(), ": cannot be read: ", std::strerror(error)));
}

[[noreturn]] void cannot_write(const std::filesystem::path& target, int error) {
  throw OutputError(text(target.string(), ": cannot be written: ", std::strerror(error)));
}

}  // namespace

std::vector<std::byte> read_bytes(const std::filesystem::path& path, std::size_t at_most) {
  const OpenFile file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.number < 0) cannot_read(path, errno);
  struct stat info {};
  if (::fstat(file.number, &info) != 0) cannot_read(path, errno);
  if (S_ISDIR(info.st_mode)) throw FormatError(text(path.string(), ": is a folder; give the name of a file"));

  // The size is a hint only: pipes have none, and a file may grow while it is read.
  std::vector<std::byte> bytes;
  constexpr std::size_t kStep = std::size_t{1} << 16;
  bytes.reserve(std::min(at_most, static_cast<std::size_t>(info.st_size) + kStep));
  while (bytes.size() < at_most) {
    const auto have = bytes.size();
    bytes.resize(have + std::min(std::max(kStep, bytes.capacity() - have), at_most - have));
    const auto got = ::read(file.number, bytes.data() + have, bytes.size() - have);
    if (got < 0 && errno != EINTR) cannot_read(path, errno);
    bytes.resize(have + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got == 0) break;
  }
  return bytes;
}

void write_bytes(const std::filesystem::path& draft, std::span<const std::byte> bytes,
                 const std::filesystem::path& target) {
  OpenFile file{::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)};
  if (file.number < 0) cannot_write(target, errno);
  while (!bytes.empty()) {
    const auto done = ::write(file.number, bytes.data(), bytes.size());
    if (done < 0 && errno != EINTR) cannot_write(target, errno);
    bytes = bytes.subspan(static_cast<std::size_t>(std::max<ssize_t>(done, 0)));
  }
  // Network file systems report a full disk only here.
  const int number = file.number;
  file.number = -1;
  if (::close(number) != 0) cannot_write(target, errno);
}

}  // namespace firstframe
