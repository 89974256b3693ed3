#include "io/volume/inflate_file.h"

#include <zlib.h>

#include <algorithm>
#include <new>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/file_reader.h"

namespace firstframe {
namespace {

constexpr std::int64_t kChunk = std::int64_t{1} << 20;  // bytes handed to zlib at a time
constexpr std::int64_t kDensest = 1032;                 // bytes that one packed byte can stand for
constexpr int kZlibOrGzip = 15 + 32;

struct Inflater {
  z_stream stream{};
  Inflater() {
    if (::inflateInit2(&stream, kZlibOrGzip) != Z_OK) throw std::bad_alloc();
  }
  ~Inflater() { ::inflateEnd(&stream); }
};

}  // namespace

std::vector<std::byte> inflate_file(const std::filesystem::path& path, std::int64_t begin, std::int64_t bytes) {
  const FileReader file(path);
  const auto packed = std::max<std::int64_t>(0, file.size() - begin);
  if (bytes / kDensest > packed)
    throw FormatError(text(path.string(), ": is cut: the header promises ", bytes, " bytes of samples, the file's ", packed,
                           " compressed bytes cannot hold them"));
  std::vector<std::byte> samples(static_cast<std::size_t>(bytes)), chunk;
  Inflater inflater;
  auto& stream = inflater.stream;
  std::int64_t at = begin, done = 0;
  for (int state = Z_OK; state != Z_STREAM_END && done < bytes;) {
    if (stream.avail_in == 0 && at < file.size()) {
      chunk.resize(static_cast<std::size_t>(std::min(kChunk, file.size() - at)));
      file.read(at, chunk);
      at += static_cast<std::int64_t>(chunk.size());
      stream.next_in = reinterpret_cast<Bytef*>(chunk.data());
      stream.avail_in = static_cast<uInt>(chunk.size());
    }
    const auto room = std::min(kChunk, bytes - done);
    stream.next_out = reinterpret_cast<Bytef*>(samples.data() + done);
    stream.avail_out = static_cast<uInt>(room);
    state = ::inflate(&stream, Z_NO_FLUSH);
    const auto made = room - static_cast<std::int64_t>(stream.avail_out);
    done += made;
    const bool is_cut = made == 0 && stream.avail_in == 0 && at >= file.size() && state != Z_STREAM_END;
    if (is_cut || (state != Z_OK && state != Z_STREAM_END && state != Z_BUF_ERROR))
      throw FormatError(text(path.string(), ": its compressed data is ", is_cut ? "cut" : "damaged", " after ", done, " of ",
                             bytes, " bytes decoded"));
  }
  if (done < bytes)
    throw FormatError(text(path.string(), ": the header promises ", bytes, " bytes of samples, ", done, " are in its compressed data"));
  return samples;
}

}  // namespace firstframe
