#include "io/volume/block_source.h"

#include <bit>
#include <cstring>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/file_reader.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

class BlockSource final : public SectionSource {
 public:
  BlockSource(fs::path path, VolumeInfo info, const SampleBlock& block, ReadAt read, const VolumeOptions& options)
      : path_(std::move(path)), info_(std::move(info)), block_(block), read_(std::move(read)), axis_(options.axis) {
    const auto code = code_of(info_.stored);
    range_ = options.range ? code.coded(*options.range) : full_range(code.type);
  }

  const VolumeInfo& info() const override { return info_; }
  Axis axis() const override { return axis_; }
  fs::path path() const override { return path_; }

  Section read(std::int64_t index) override {
    require_section(*this, index);
    auto section = read_section(block_, axis_, index, read_);
    section.set_range(range_);
    return section;
  }

 private:
  fs::path path_;
  VolumeInfo info_;
  SampleBlock block_;
  ReadAt read_;
  Axis axis_;
  ValueRange range_;
};

}  // namespace

std::unique_ptr<SectionSource> open_block_source(const fs::path& path, VolumeInfo info, const SampleBlock& block,
                                                 const fs::path& data, const VolumeOptions& options) {
  const auto file = std::make_shared<FileReader>(data);
  if (file->size() < block.end())
    throw FormatError(text(data.string(), ": is cut: the header promises ", block.end(), " bytes, the file has ",
                           file->size()));
  const auto read = [file](std::int64_t offset, std::span<std::byte> to) { file->read(offset, to); };
  return std::make_unique<BlockSource>(path, std::move(info), block, read, options);
}

std::unique_ptr<SectionSource> open_read_source(const fs::path& path, VolumeInfo info, const SampleBlock& block, ReadAt read,
                                                const VolumeOptions& options) {
  return std::make_unique<BlockSource>(path, std::move(info), block, std::move(read), options);
}

std::unique_ptr<SectionSource> open_memory_source(const fs::path& path, VolumeInfo info, std::vector<std::byte> samples,
                                                  const VolumeOptions& options) {
  const auto block = packed_block(info.stored, info.geometry.size, 0, std::endian::native == std::endian::big);
  return open_memory_block(path, std::move(info), block, std::move(samples), options);
}

std::unique_ptr<SectionSource> open_memory_block(const fs::path& path, VolumeInfo info, const SampleBlock& block,
                                                 std::vector<std::byte> bytes, const VolumeOptions& options) {
  const auto held = std::make_shared<const std::vector<std::byte>>(std::move(bytes));
  if (static_cast<std::int64_t>(held->size()) < block.end())
    throw FormatError(text(path.string(), ": is cut: the header promises ", block.end(), " bytes, ", held->size(),
                           " were decoded"));
  const auto read = [held](std::int64_t offset, std::span<std::byte> to) {
    std::memcpy(to.data(), held->data() + offset, to.size());
  };
  return std::make_unique<BlockSource>(path, std::move(info), block, read, options);
}

void require_section(const SectionSource& source, std::int64_t index) {
  const auto count = source.count();
  if (index >= 0 && index < count) return;
  throw ArgumentError(text(source.path().string(), ": there is no section ", index, " along ", name_of(source.axis()),
                           "; it has ", count, ", counted from 0"));
}

}  // namespace firstframe
