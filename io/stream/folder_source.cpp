#include <algorithm>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/picture/picture.h"
#include "io/stream/sources.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

// The list is taken once, so that pictures written into the same folder meanwhile do not join in.
std::vector<std::string> picture_names(const fs::path& folder) {
  std::vector<std::string> names;
  try {
    for (const auto& entry : fs::directory_iterator(folder)) {
      const auto name = entry.path().filename().string();
      // A hidden file may be somebody's unfinished draft.
      if (is_picture_name(name) && name[0] != '.' && !entry.is_directory()) names.push_back(name);
    }
  } catch (const fs::filesystem_error& error) {
    throw MissingFileError(text(folder.string(), ": the folder cannot be read: ", error.code().message()));
  }
  std::sort(names.begin(), names.end());
  return names;
}

class FolderSource final : public FrameSource {
 public:
  FolderSource(const fs::path& folder, std::optional<ValueRange> range)
      : folder_(folder), range_(range), names_(picture_names(folder)) {
    if (names_.empty())
      throw FormatError(text(folder.string(),
                             ": the folder holds no picture; files named .png, .jpg, .jpeg, .tif, "
                             ".tiff, .bmp, .pgm or .ppm were looked for"));
  }

  std::optional<Frame> next() override {
    if (at_ == names_.size()) return std::nullopt;
    const auto& name = names_[at_++];
    return Frame{read_picture(folder_ / name, range_), name};
  }
  std::optional<std::int64_t> count() const override { return static_cast<std::int64_t>(names_.size()); }
  Kind kind() const override { return Kind::folder; }
  fs::path path() const override { return folder_; }

 private:
  fs::path folder_;
  std::optional<ValueRange> range_;
  std::vector<std::string> names_;
  std::size_t at_ = 0;
};

}  // namespace

std::unique_ptr<FrameSource> open_folder_source(const fs::path& path, std::optional<ValueRange> range) {
  return std::make_unique<FolderSource>(path, range);
}

}  // namespace firstframe
