#include "io/volume/gzip_file.h"

#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/file_draft.h"
#include "io/files/file_reader.h"

namespace firstframe {

void gzip_file(const std::filesystem::path& from, const std::filesystem::path& target) {
  constexpr std::int64_t kChunk = std::int64_t{1} << 20;
  const FileReader file(from);
  FileDraft draft(target);
  const auto refuse = [&] { throw OutputError(text(target.string(), ": cannot be written: ", std::strerror(errno))); };

  auto* const packed = ::gzopen(draft.path().c_str(), "wb6");
  if (packed == nullptr) refuse();
  std::vector<std::byte> chunk;
  bool good = true;
  for (std::int64_t at = 0; good && at < file.size(); at += kChunk) {
    chunk.resize(static_cast<std::size_t>(std::min(kChunk, file.size() - at)));
    file.read(at, chunk);
    good = ::gzwrite(packed, chunk.data(), static_cast<unsigned>(chunk.size())) == static_cast<int>(chunk.size());
  }
  const int error = errno;
  if (::gzclose(packed) != Z_OK && good) refuse();
  errno = error;
  if (!good) refuse();
  draft.publish();
}

std::int64_t require_whole_gzip(const std::filesystem::path& path) {
  auto* const packed = ::gzopen(path.c_str(), "rb");
  if (packed == nullptr) throw MissingFileError(text(path.string(), ": cannot be read: ", std::strerror(errno)));
  std::vector<std::byte> chunk(std::size_t{1} << 20);
  std::int64_t total = 0;
  int got = 0;
  while ((got = ::gzread(packed, chunk.data(), static_cast<unsigned>(chunk.size()))) > 0) total += got;
  if (const int closed = ::gzclose(packed); got < 0 || closed != Z_OK)  // Z_BUF_ERROR: it ended in the middle
    throw FormatError(text(path.string(), ": its compressed data is ", got < 0 ? "damaged" : "cut", " after ", total,
                           " bytes decoded"));
  return total;
}

}  // namespace firstframe
