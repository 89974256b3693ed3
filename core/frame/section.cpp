#include "core/frame/section.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {

std::int64_t bytes_per_sample(SampleType type) {
  switch (type) {
    case SampleType::uint8: return 1;
    case SampleType::uint16: return 2;
    case SampleType::float32: return 4;
  }
  throw ArgumentError("section: unknown sample type");
}

std::string name_of(SampleType type) {
  switch (type) {
    case SampleType::uint8: return "uint8";
    case SampleType::uint16: return "uint16";
    case SampleType::float32: return "float32";
  }
  throw ArgumentError("section: unknown sample type");
}

std::string name_of(Extent extent) { return text(extent.rows, " x ", extent.cols); }

Region intersection(const Region& a, const Region& b) {
  const auto row = std::max(a.row, b.row);
  const auto col = std::max(a.col, b.col);
  return {row, col, std::min(a.row + a.rows, b.row + b.rows) - row, std::min(a.col + a.cols, b.col + b.cols) - col};
}

ValueRange full_range(SampleType type) {
  switch (type) {
    case SampleType::uint8: return {0, 255};
    case SampleType::uint16: return {0, 65535};
    case SampleType::float32: return {0, 1};
  }
  throw ArgumentError("section: unknown sample type");
}

Layout planar_layout(SampleType type, std::int64_t channels, Extent extent) {
  const auto sample = bytes_per_sample(type);
  return {type,   full_range(type),       channels,           extent,
          sample * extent.area(), sample * extent.cols, sample};
}

Layout interleaved_layout(SampleType type, std::int64_t channels, Extent extent, std::int64_t row_stride) {
  const auto sample = bytes_per_sample(type);
  if (row_stride == 0) row_stride = sample * channels * extent.cols;
  return {type, full_range(type), channels, extent, sample, row_stride, sample * channels};
}

SectionView SectionView::channel(std::int64_t index) const {
  if (index < 0 || index >= layout.channels)
    throw ArgumentError(text("section: channel ", index, " of ", layout.channels, " does not exist"));
  SectionView one = *this;
  one.data += index * layout.channel_stride;
  one.layout.channels = 1;
  return one;
}

SectionView SectionView::crop(const Region& region) const {
  const bool inside = region.row >= 0 && region.col >= 0 && region.rows > 0 && region.cols > 0 &&
                      region.row + region.rows <= layout.extent.rows &&
                      region.col + region.cols <= layout.extent.cols;
  if (!inside)
    throw ArgumentError(text("section: region of ", name_of(region.extent()), " at row ", region.row, ", column ",
                             region.col, " leaves the ", name_of(layout.extent), " section"));
  SectionView part = *this;
  part.data += region.row * layout.row_stride + region.col * layout.col_stride;
  part.layout.extent = region.extent();
  return part;
}

SectionSpan SectionSpan::crop(const Region& region) const {
  const auto part = SectionView(*this).crop(region);
  return {data + (part.data - data), part.layout};
}

void Section::take_layout(SampleType type, std::int64_t channels, Extent extent) {
  if (channels < 1 || extent.rows < 1 || extent.cols < 1)
    throw ArgumentError(text("section: ", channels, " channels of ", name_of(extent), " pixels hold nothing"));
  layout_ = planar_layout(type, channels, extent);
}

Section::Section(SampleType type, std::int64_t channels, Extent extent) {
  take_layout(type, channels, extent);
  pixels_ = std::make_unique<std::byte[]>(size_in_bytes());
}

Section Section::unset(SampleType type, std::int64_t channels, Extent extent) {
  Section section;
  section.take_layout(type, channels, extent);
  section.pixels_ = std::make_unique_for_overwrite<std::byte[]>(section.size_in_bytes());
  return section;
}

Section::Section(const SectionView& view) : Section(unset(view.layout.type, view.layout.channels, view.layout.extent)) {
  layout_.range = view.layout.range;
  copy_pixels(view, span());
}

Section::Section(const Section& other) {
  if (!other.empty()) *this = Section(other.view());
}

Section& Section::operator=(const Section& other) {
  if (this != &other) *this = Section(other);
  return *this;
}

void Section::set_range(ValueRange range) {
  if (!std::isfinite(range.low) || !std::isfinite(range.high) || range.low >= range.high)
    throw ArgumentError(text("section: value range ", range.low, "..", range.high,
                             " is not accepted; the first value must be below the second"));
  layout_.range = range;
}

std::size_t Section::size_in_bytes() const {
  return static_cast<std::size_t>(layout_.channels * layout_.extent.area() * bytes_per_sample(layout_.type));
}

std::byte* Section::checked(std::size_t sample_size) {
  if (static_cast<std::int64_t>(sample_size) != bytes_per_sample(layout_.type))
    throw ArgumentError(text("section: samples are ", name_of(layout_.type), ", not ", sample_size, " bytes wide"));
  return pixels_.get();
}

void copy_pixels(const SectionView& from, const SectionSpan& to) {
  const auto& a = from.layout;
  const auto& b = to.layout;
  if (a.type != b.type || a.channels != b.channels || a.extent != b.extent)
    throw ArgumentError(text("copy: ", a.channels, " channels of ", name_of(a.extent), " ", name_of(a.type),
                             " do not fit into ", b.channels, " of ", name_of(b.extent), " ", name_of(b.type)));
  const auto sample = bytes_per_sample(a.type);
  const bool packed = a.col_stride == sample && b.col_stride == sample;
  for (std::int64_t c = 0; c < a.channels; ++c)
    for (std::int64_t r = 0; r < a.extent.rows; ++r) {
      const auto* source = from.at(c, r);
      auto* target = to.at(c, r);
      if (packed) {
        std::memcpy(target, source, static_cast<std::size_t>(sample * a.extent.cols));
        continue;
      }
      for (std::int64_t x = 0; x < a.extent.cols; ++x)
        std::memcpy(target + x * b.col_stride, source + x * a.col_stride, static_cast<std::size_t>(sample));
    }
}

}  // namespace firstframe
