#include "io/volume/gzip_file.h"

#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <new>

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

std::vector<std::byte> gunzip(const std::filesystem::path& path) {
  constexpr std::size_t kChunk = std::size_t{1} << 20;
  { const FileReader file(path); }  // says what is wrong with the name
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> packed(::gzopen(path.c_str(), "rb"), ::gzclose);
  if (!packed) throw MissingFileError(text(path.string(), ": cannot be read: ", std::strerror(errno)));
  std::vector<std::byte> bytes;
  for (int got = 1; got > 0;) {
    const auto have = bytes.size();
    try {
      bytes.resize(have + kChunk);
    } catch (const std::bad_alloc&) {
      throw FormatError(text(path.string(), ": more than ", have, " decoded bytes do not fit into memory; write it uncompressed"));
    }
    got = ::gzread(packed.get(), bytes.data() + have, static_cast<unsigned>(kChunk));
    bytes.resize(have + static_cast<std::size_t>(std::max(got, 0)));
    int error = Z_OK;
    ::gzerror(packed.get(), &error);
    if (got < 0 || error == Z_BUF_ERROR)  // which says that the file ended in the middle
      throw FormatError(text(path.string(), ": its compressed data is ", error == Z_BUF_ERROR ? "cut" : "damaged", " after ",
                             bytes.size(), " bytes decoded"));
  }
  return bytes;
}

}  // namespace firstframe
