#include "io/volume/picture_stack.h"

#include <cstring>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/picture/picture.h"
#include "io/picture/picture_names.h"
#include "io/volume/block_source.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

StoredType stored_as(SampleType type) {
  switch (type) {
    case SampleType::uint8:
      return StoredType::uint8;
    case SampleType::uint16:
      return StoredType::uint16;
    case SampleType::float32:
      return StoredType::float32;
  }
  throw ArgumentError("picture stack: unknown sample type");
}

class PictureStack final : public SectionSource {
 public:
  PictureStack(const fs::path& folder, std::optional<ValueRange> range)
      : folder_(folder), range_(range), names_(picture_names(folder)) {
    const auto first = read_grey(0);
    info_.format = "folder of pictures";
    info_.stored = stored_as(first.type());
    info_.geometry.size = {first.extent().cols, first.extent().rows,
                           static_cast<std::int64_t>(names_.size())};
  }

  const VolumeInfo& info() const override { return info_; }
  Axis axis() const override { return Axis::z; }
  fs::path path() const override { return folder_; }

  Section read(std::int64_t index) override {
    require_section(*this, index);
    auto section = read_grey(static_cast<std::size_t>(index));
    const auto code = code_of(info_.stored);
    if (section.extent() != extent() || section.type() != code.type)
      throw FormatError(text((folder_ / names_[static_cast<std::size_t>(index)]).string(), ": is ",
                             name_of(section.extent()), " of ", name_of(section.type()),
                             ", the first picture ", names_.front(), " is ", name_of(extent()), " of ",
                             name_of(code.type), "; the pictures of a volume are of one size and type"));
    if (range_) section.set_range(*range_);
    return section;
  }

 private:
  Section read_grey(std::size_t index) const {
    auto section = read_picture(folder_ / names_[index]);
    if (section.channels() != 1)
      throw FormatError(text(
          (folder_ / names_[index]).string(), ": is of colour (", section.channels(),
          " channels); a volume holds grey pictures: convert them first, or restore the folder as frames"));
    return section;
  }

  fs::path folder_;
  std::optional<ValueRange> range_;
  std::vector<std::string> names_;
  VolumeInfo info_;
};

std::unique_ptr<SectionSource> decode_whole(PictureStack& stack, const VolumeOptions& options) {
  auto info = stack.info();
  info.access = VolumeInfo::Access::whole;
  std::vector<std::byte> samples;
  for (std::int64_t index = 0; index < stack.count(); ++index) {
    const auto section = stack.read(index);
    samples.reserve(section.size_in_bytes() * static_cast<std::size_t>(stack.count()));
    samples.insert(samples.end(), section.view().data, section.view().data + section.size_in_bytes());
  }
  return open_memory_source(stack.path(), info, std::move(samples), options);
}

}  // namespace

std::unique_ptr<SectionSource> open_picture_stack(const fs::path& path, const VolumeOptions& options) {
  auto stack = std::make_unique<PictureStack>(path, options.range);
  if (options.axis == Axis::z) return stack;
  return decode_whole(*stack, options);
}

}  // namespace firstframe
