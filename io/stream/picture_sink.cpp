#include <span>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/file_bytes.h"
#include "io/files/file_draft.h"
#include "io/picture/encode_picture.h"
#include "io/picture/picture_format.h"
#include "io/stream/sinks.h"

namespace firstframe {
namespace {

class PictureSink final : public FrameSink {
 public:
  explicit PictureSink(const std::filesystem::path& path) : draft_(path) {}

  void write(const Frame& frame) override {
    const auto& path = draft_.target();
    if (is_written_)
      throw FormatError(text(path.string(), ": holds one frame, a second one came; name a folder"));
    if (const auto why = why_not_picture(path, frame.section.layout()); !why.empty()) throw FormatError(why);
    const auto file = encode_picture(path, frame.section.view());
    write_bytes(draft_.path(), std::as_bytes(std::span(file)), path);
    is_written_ = true;
  }

  void finish() override {
    if (!is_written_)
      throw FormatError(text(draft_.target().string(), ": no frame came, nothing is written"));
    draft_.publish();
  }

 private:
  FileDraft draft_;
  bool is_written_ = false;
};

}  // namespace

std::unique_ptr<FrameSink> open_picture_sink(const std::filesystem::path& path) {
  return std::make_unique<PictureSink>(path);
}

}  // namespace firstframe
