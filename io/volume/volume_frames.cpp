#include "io/volume/volume_frames.h"

#include <utility>

#include "core/base/text.h"
#include "io/volume/section_sink.h"

namespace firstframe {
namespace {

class VolumeFrames final : public FrameSource {
 public:
  explicit VolumeFrames(std::unique_ptr<SectionSource> source) : source_(std::move(source)) {}

  std::optional<Frame> next() override {
    if (next_ == source_->count()) return std::nullopt;
    auto name = text("section ", next_);
    return Frame{source_->read(next_++), std::move(name)};
  }
  std::optional<std::int64_t> count() const override { return source_->count(); }
  Kind kind() const override { return Kind::volume; }
  std::filesystem::path path() const override { return source_->path(); }
  const VolumeInfo* volume() const override { return &source_->info(); }

 private:
  std::unique_ptr<SectionSource> source_;
  std::int64_t next_ = 0;
};

class VolumeFrameSink final : public FrameSink {
 public:
  explicit VolumeFrameSink(std::unique_ptr<SectionSink> sink) : sink_(std::move(sink)) {}
  void write(const Frame& frame) override { sink_->write(next_++, frame.section.view()); }
  void finish() override { sink_->finish(); }

 private:
  std::unique_ptr<SectionSink> sink_;
  std::int64_t next_ = 0;
};

}  // namespace

std::unique_ptr<FrameSource> open_volume_frames(const std::filesystem::path& path, const VolumeOptions& options) {
  return std::make_unique<VolumeFrames>(open_volume(path, options));
}

std::unique_ptr<FrameSink> open_volume_frame_sink(const std::filesystem::path& path, const VolumeInfo& like,
                                                  const std::filesystem::path& source) {
  SinkOptions options;
  options.keeps_draft = false;  // nothing goes on with frames that were stopped
  return std::make_unique<VolumeFrameSink>(open_volume_sink(path, like, options, source));
}

}  // namespace firstframe
