#include <vector>

#include "io/picture/picture.h"
#include "io/picture/picture_names.h"
#include "io/stream/sources.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

// The list of names is taken once, so that pictures written into the same folder meanwhile do not join in.
class FolderSource final : public FrameSource {
 public:
  FolderSource(const fs::path& folder, std::optional<ValueRange> range)
      : folder_(folder), range_(range), names_(picture_names(folder)) {}

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
