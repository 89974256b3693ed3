#include "pipelines/cli/su_stream.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

constexpr std::size_t kChunk = std::size_t{1} << 20;

void write_all(int file, const char* bytes, std::size_t count, const std::string& name) {
  while (count > 0) {
    const auto done = ::write(file, bytes, count);
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) throw OutputError(text(name, ": cannot be written: ", std::strerror(errno)));
    bytes += done;
    count -= static_cast<std::size_t>(done);
  }
}

// From one descriptor to another, to the end. \return bytes
std::int64_t pump(int from, int to, const std::string& from_name, const std::string& to_name) {
  std::vector<char> chunk(kChunk);
  std::int64_t moved = 0;
  for (;;) {
    const auto got = ::read(from, chunk.data(), chunk.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw MissingFileError(text(from_name, ": cannot be read: ", std::strerror(errno)));
    if (got == 0) return moved;
    write_all(to, chunk.data(), static_cast<std::size_t>(got), to_name);
    moved += got;
  }
}

// A descriptor that is closed whatever happens.
struct Opened {
  int file;
  ~Opened() {
    if (file >= 0) ::close(file);
  }
};

}  // namespace

SuStream::SuStream() {
  std::signal(SIGPIPE, SIG_IGN);  // a reader that has gone is an error of write(), after which the folder is taken away
  auto pattern = (std::filesystem::temp_directory_path() / "firstframe-su-XXXXXX").string();
  if (!::mkdtemp(pattern.data()))
    throw OutputError(text(pattern, ": cannot be made: ", std::strerror(errno), "; set TMPDIR to a folder with room for the traces"));
  folder_ = pattern;
}

SuStream::~SuStream() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::string SuStream::take_input() const {
  const auto name = (folder_ / "stdin.su").string();
  const Opened file{::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
  if (file.file < 0) throw OutputError(text(name, ": cannot be written: ", std::strerror(errno)));
  if (pump(STDIN_FILENO, file.file, "standard input", name) == 0)
    throw FormatError("standard input: holds no trace; pipe SU traces into the command, as in restore --model M - - < in.su > out.su");
  return name;
}

void SuStream::give_output() const {
  const Opened file{::open(output().c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.file < 0) throw MissingFileError(text(output(), ": cannot be read: ", std::strerror(errno)));
  pump(file.file, STDOUT_FILENO, output(), "standard output");
}

}  // namespace firstframe
