#include "io/picture/picture.h"
#include "io/stream/sources.h"

namespace firstframe {
namespace {

class PictureSource final : public FrameSource {
 public:
  PictureSource(const std::filesystem::path& path, std::optional<ValueRange> range)
      : path_(path), frame_(Frame{read_picture(path, range), path.filename().string()}) {}

  std::optional<Frame> next() override {
    auto frame = std::move(frame_);
    frame_.reset();
    return frame;
  }
  std::optional<std::int64_t> count() const override { return 1; }
  Kind kind() const override { return Kind::picture; }
  std::filesystem::path path() const override { return path_; }

 private:
  std::filesystem::path path_;
  std::optional<Frame> frame_;
};

}  // namespace

std::unique_ptr<FrameSource> open_picture_source(const std::filesystem::path& path,
                                                 std::optional<ValueRange> range) {
  return std::make_unique<PictureSource>(path, range);
}

}  // namespace firstframe
