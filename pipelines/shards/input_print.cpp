#include "pipelines/shards/input_print.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/file_reader.h"
#include "pipelines/shards/content_hash.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

constexpr std::int64_t kBlock = 64 << 10;
constexpr std::int64_t kBlocks = 32;

struct Looked {
  fs::path path;
  std::int64_t bytes = 0;
};

// The blocks lie at even distances over the files as if they were one, the first at the beginning and the last at the end.
void add_blocks(ContentHash& hash, const std::vector<Looked>& files, std::int64_t total) {
  std::vector<std::byte> block;
  std::size_t file = 0;
  std::int64_t begin = 0;  // of that file
  for (std::int64_t i = 0; i < kBlocks; ++i) {
    const auto at = std::max<std::int64_t>(0, total - kBlock) * i / (kBlocks - 1);
    while (file + 1 < files.size() && at >= begin + files[file].bytes) begin += files[file++].bytes;
    const auto offset = at - begin;
    block.resize(static_cast<std::size_t>(std::clamp<std::int64_t>(files[file].bytes - offset, 0, kBlock)));
    FileReader(files[file].path).read(offset, block);
    hash.add(block);
  }
}

}  // namespace

InputPrint print_of_input(const std::vector<fs::path>& files, bool whole) {
  InputPrint print;
  std::vector<Looked> looked;
  ContentHash sample, changed, content;
  for (const auto& file : files) {
    try {
      looked.push_back({file, static_cast<std::int64_t>(fs::file_size(file))});
      changed.add(text(fs::last_write_time(file).time_since_epoch().count(), "\n"));
    } catch (const fs::filesystem_error& error) {
      throw MissingFileError(text(file.string(), ": cannot be looked at: ", error.code().message()));
    }
    print.bytes += looked.back().bytes;
    sample.add(text(file.filename().string(), " ", looked.back().bytes, "\n"));
    if (whole) content.add(hash_of_file(file));
  }
  print.files = static_cast<std::int64_t>(files.size());
  if (print.bytes > 0) add_blocks(sample, looked, print.bytes);
  print.sample = sample.name();
  print.changed = changed.name();
  if (whole) print.content = content.name();
  return print;
}

InputPrint require_unchanged(const std::string& input, const InputPrint& planned, const std::vector<fs::path>& files) {
  auto now = print_of_input(files, false);
  const auto refuse = [&](const std::string& what) {
    throw FormatError(text(input, ": has changed since the batch was planned: ", what,
                           "; plan again, what other inputs gave is kept"));
  };
  if (now.files != planned.files) refuse(text(planned.files, " files then, ", now.files, " now"));
  if (now.bytes != planned.bytes) refuse(text(planned.bytes, " bytes then, ", now.bytes, " now"));
  if (now.sample != planned.sample) refuse("its content is another");
  if (now.changed == planned.changed) return now;
  if (planned.content.empty())
    refuse("it was written to or copied (a plan with --hash-inputs could tell whether its content is the same)");
  if (print_of_input(files, true).content != planned.content) refuse("its content is another");
  return now;
}

}  // namespace firstframe
