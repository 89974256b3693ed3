#include "io/volume/block_sink.h"

#include <span>
#include <utility>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

class BlockSink final : public SectionSink {
 public:
  BlockSink(const std::filesystem::path& path, const VolumeInfo& info, BlockLayout layout, const SinkOptions& options)
      : layout_(std::move(layout)),
        axis_(options.axis),
        count_(sections_along(info.geometry, options.axis)),
        draft_(path, info, options, layout_.block.end()) {
    if (draft_.first_missing() == 0) draft_.write(0, std::as_bytes(std::span(layout_.header)));
  }

  std::int64_t first_missing() const override { return draft_.first_missing(); }
  std::int64_t clipped() const override { return draft_.clipped(); }

  void write(std::int64_t index, const SectionView& section) override {
    if (index != first_missing() || index >= count_)
      throw ArgumentError(text(draft_.target().string(), ": section ", index, " was given, section ", first_missing(), " of ",
                               count_, " is next; sections are written in ascending order"));
    draft_.section_done(write_section(layout_.block, axis_, index, section, [this](std::int64_t offset, auto bytes) {
      draft_.write(offset, bytes);
    }));
  }

  void finish() override {
    if (first_missing() != count_)
      throw ArgumentError(text(draft_.target().string(), ": ", first_missing(), " of ", count_,
                               " sections are written; the volume is not whole"));
    if (layout_.publish)
      layout_.publish(draft_);
    else
      draft_.publish();
  }

 private:
  BlockLayout layout_;
  Axis axis_;
  std::int64_t count_;
  VolumeDraft draft_;
};

}  // namespace

BlockLayout local_layout(const VolumeInfo& info, std::string header) {
  const auto begin = static_cast<std::int64_t>(header.size());
  return {std::move(header), packed_block(info.stored, info.geometry.size, begin), {}};
}

std::unique_ptr<SectionSink> open_block_sink(const std::filesystem::path& path, const VolumeInfo& info, BlockLayout layout,
                                             const SinkOptions& options) {
  return std::make_unique<BlockSink>(path, info, std::move(layout), options);
}

}  // namespace firstframe
