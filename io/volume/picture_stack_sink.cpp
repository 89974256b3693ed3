#include <iomanip>
#include <set>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/picture/picture.h"
#include "io/picture/picture_format.h"
#include "io/picture/picture_names.h"
#include "io/volume/folder_draft.h"
#include "io/volume/picture_stack.h"
#include "io/volume/stored_section.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

bool fits(const std::string& name, StoredType stored, Extent extent) {
  return !is_lossy_name(name) &&
         why_not_picture(name, planar_layout(code_of(stored).type, 1, extent)).empty();
}

std::vector<std::string> section_names(const VolumeInfo& info, const fs::path& source) {
  const auto count = static_cast<std::size_t>(sections_along(info.geometry, Axis::z));
  const auto* ending = info.stored == StoredType::float32 ? ".tif" : ".png";
  std::error_code error;
  auto names = info.format == "folder of pictures" && fs::is_directory(source, error)
                   ? picture_names(source)
                   : std::vector<std::string>{};
  if (names.size() != count) {
    names.clear();
    for (std::size_t index = 0; index < count; ++index)
      names.push_back(text(std::setw(6), std::setfill('0'), index, ending));
    return names;
  }
  std::set<std::string> taken;
  for (auto& name : names) {
    if (!fits(name, info.stored, section_extent(info.geometry, Axis::z)))
      name = fs::path(name).replace_extension(ending).string();
    if (!taken.insert(name).second)
      throw FormatError(text((source / name).string(),
                             ": two pictures would get this name (.jpg pictures are written as ", ending,
                             "); rename one of them"));
  }
  return names;
}

class PictureStackSink final : public SectionSink {
 public:
  PictureStackSink(const fs::path& path, const VolumeInfo& info, const SinkOptions& options,
                   const fs::path& source)
      : info_(info), names_(section_names(info, source)), draft_(path, info, options, names_) {}

  std::int64_t first_missing() const override { return draft_.first_missing(); }
  std::int64_t clipped() const override { return draft_.clipped(); }

  void write(std::int64_t index, const SectionView& section) override {
    draft_.require_next(index, static_cast<std::int64_t>(names_.size()));
    const auto stored =
        stored_section(info_.stored, section_extent(info_.geometry, Axis::z), section, draft_.target());
    write_picture(draft_.path() / names_[static_cast<std::size_t>(index)], stored.section.view());
    draft_.section_done(stored.clipped);
  }

  void finish() override {
    draft_.require_all(static_cast<std::int64_t>(names_.size()));
    draft_.publish();
  }

 private:
  VolumeInfo info_;
  std::vector<std::string> names_;
  FolderDraft draft_;
};

}  // namespace

std::unique_ptr<SectionSink> open_picture_stack_sink(const fs::path& path, const VolumeInfo& info,
                                                     const SinkOptions& options, const fs::path& source) {
  const auto type = info.stored;
  if (type != StoredType::uint8 && type != StoredType::uint16 && type != StoredType::float32)
    throw ArgumentError(text(path.string(), ": pictures cannot hold ", name_of(type),
                             " (uint8, uint16 and float32 are accepted); write a .mha, .nii or .tif"));
  if (options.axis != Axis::z)
    throw ArgumentError(text(path.string(), ": a folder of pictures is written along z, not ",
                             name_of(options.axis), "; write a .mha, .nii or .tif, or go along z"));
  return std::make_unique<PictureStackSink>(path, info, options, source);
}

}  // namespace firstframe
