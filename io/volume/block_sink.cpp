#include "io/volume/block_sink.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <numeric>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

constexpr std::int64_t kSlab = std::int64_t{32} << 20;      // bytes of sections along x that are held
constexpr auto kFlushEvery = std::chrono::seconds(10);  // as the draft notes its progress

class BlockSink final : public SectionSink {
 public:
  BlockSink(const std::filesystem::path& path, const VolumeInfo& info, BlockLayout layout, const SinkOptions& options)
      : layout_(std::move(layout)),
        axis_(options.axis),
        count_(sections_along(info.geometry, options.axis)),
        draft_(path, info, options, layout_.block.end()),
        flushed_(std::chrono::steady_clock::now()) {
    if (axis_ == Axis::x) slab_.emplace(slab_of(layout_.block));
    if (draft_.first_missing() == 0) draft_.write(0, std::as_bytes(std::span(layout_.header)));
  }

  ~BlockSink() override {
    try {
      flush();
    } catch (const Error&) {
      // These sections are not counted as done, so a run that goes on writes them again.
    }
  }

  std::int64_t first_missing() const override { return draft_.first_missing() + held(); }
  std::int64_t clipped() const override { return std::accumulate(limited_.begin(), limited_.end(), draft_.clipped()); }

  void write(std::int64_t index, const SectionView& section) override {
    if (index != first_missing() || index >= count_)
      throw ArgumentError(text(draft_.target().string(), ": section ", index, " was given, section ", first_missing(), " of ",
                               count_, " is next; sections are written in ascending order"));
    if (slab_) {
      hold(section);
      return;
    }
    draft_.section_done(write_section(layout_.block, axis_, index, section, [this](std::int64_t offset, auto bytes) {
      draft_.write(offset, bytes);
    }));
  }

  void finish() override {
    if (first_missing() != count_)
      throw ArgumentError(text(draft_.target().string(), ": ", first_missing(), " of ", count_,
                               " sections are written; the volume is not whole"));
    flush();
    if (layout_.publish)
      layout_.publish(draft_);
    else
      draft_.publish();
  }

 private:
  // Sections along x lie scattered: as many as a slab holds are gathered, so that neighbouring samples are written together.
  static SampleBlock slab_of(const SampleBlock& block) {
    const auto section = block.size[1] * block.size[2] * bytes_per_sample(block.stored);
    return packed_block(block.stored, {std::clamp<std::int64_t>(kSlab / section, 1, block.size[0]), block.size[1], block.size[2]},
                        0, block.big_endian);
  }

  std::int64_t held() const { return static_cast<std::int64_t>(limited_.size()); }

  void hold(const SectionView& section) {
    samples_.resize(static_cast<std::size_t>(slab_->end()));
    limited_.push_back(write_section(*slab_, Axis::x, held(), section, [this](std::int64_t offset, auto bytes) {
      std::memcpy(samples_.data() + offset, bytes.data(), bytes.size());
    }));
    if (held() == slab_->size[0] || std::chrono::steady_clock::now() - flushed_ >= kFlushEvery) flush();
  }

  void flush() {
    if (held() == 0) return;
    const auto& block = layout_.block;
    const auto bytes = static_cast<std::size_t>(held() * bytes_per_sample(block.stored));
    for (std::int64_t z = 0; z < block.size[2]; ++z)
      for (std::int64_t y = 0; y < block.size[1]; ++y)
        draft_.write(block.at(draft_.first_missing(), y, z), {samples_.data() + slab_->at(0, y, z), bytes});
    const auto limited = std::exchange(limited_, {});
    for (const auto count : limited) draft_.section_done(count);
    flushed_ = std::chrono::steady_clock::now();
  }

  BlockLayout layout_;
  Axis axis_;
  std::int64_t count_;
  VolumeDraft draft_;
  std::optional<SampleBlock> slab_;    // along x only
  std::vector<std::byte> samples_;     // of the sections that are held, as the slab has them
  std::vector<std::int64_t> limited_;  // of each section that is held, samples beyond the stored type
  std::chrono::steady_clock::time_point flushed_;
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
