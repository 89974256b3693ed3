#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace firstframe {

/// Rows and columns of a section: pixels for video and OCT, samples and traces for seismic.
struct Extent {
  std::int64_t rows = 0;
  std::int64_t cols = 0;

  std::int64_t area() const { return rows * cols; }
  bool operator==(const Extent&) const = default;
};

/// A rectangle of a section. `row`, `col` is its first pixel, counted from zero.
struct Region {
  std::int64_t row = 0;
  std::int64_t col = 0;
  std::int64_t rows = 0;
  std::int64_t cols = 0;

  Extent extent() const { return {rows, cols}; }
  bool operator==(const Region&) const = default;
};

/// What two rectangles have in common; they must overlap.
Region intersection(const Region& a, const Region& b);

/// How a pixel is stored.
enum class SampleType { uint8, uint16, float32 };

std::int64_t bytes_per_sample(SampleType type);
std::string name_of(SampleType type);

/// The values that stand for black and white. 0..255 for 8 bits, 0..65535 for 16 (0..4095 for a 12-bit
/// detector stored in 16), 0..1 for float32 unless the source says otherwise. Networks work on
/// (value - low) / (high - low), so a model trained at one depth serves another.
struct ValueRange {
  double low = 0;
  double high = 1;

  double span() const { return high - low; }
  bool operator==(const ValueRange&) const = default;
};

ValueRange full_range(SampleType type);

/// Where the pixels of a section lie in memory: [C, H, W] with any byte strides, so that planar and
/// interleaved pictures, padded GStreamer rows and BGR order (channel stride -1 from the last byte) are
/// all seen without a copy.
struct Layout {
  SampleType type = SampleType::uint8;
  ValueRange range{0, 255};
  std::int64_t channels = 1;
  Extent extent;
  std::int64_t channel_stride = 0;  // bytes
  std::int64_t row_stride = 0;      // bytes
  std::int64_t col_stride = 0;      // bytes
};

/// Rows packed one after the other, planes one after the other.
Layout planar_layout(SampleType type, std::int64_t channels, Extent extent);
/// The channels of a pixel side by side; `row_stride` in bytes, 0 for packed rows.
Layout interleaved_layout(SampleType type, std::int64_t channels, Extent extent, std::int64_t row_stride = 0);

/// Read-only pixels that somebody else owns; they must outlive the view.
struct SectionView {
  const std::byte* data = nullptr;
  Layout layout;

  const std::byte* at(std::int64_t channel, std::int64_t row) const {
    return data + channel * layout.channel_stride + row * layout.row_stride;
  }
  /// One channel of this section, as a section of its own.
  SectionView channel(std::int64_t index) const;
  /// A rectangle of this section. \throws ArgumentError when it leaves the section
  SectionView crop(const Region& region) const;
};

/// The same for pixels that may be written.
struct SectionSpan {
  std::byte* data = nullptr;
  Layout layout;

  std::byte* at(std::int64_t channel, std::int64_t row) const {
    return data + channel * layout.channel_stride + row * layout.row_stride;
  }
  /// A rectangle of this section. \throws ArgumentError when it leaves the section
  SectionSpan crop(const Region& region) const;
  operator SectionView() const { return {data, layout}; }
};

/// Any 2-D slice we restore (video frame, B-scan, seismic line), owning its pixels: planar [C, H, W].
/// Copies share nothing. Moving costs nothing.
class Section {
 public:
  Section() = default;
  /// Zeros. \throws ArgumentError unless channels, rows and cols are all > 0
  Section(SampleType type, std::int64_t channels, Extent extent);
  /// The same with pixels of any value, for those who write every one of them: a memory write less.
  static Section unset(SampleType type, std::int64_t channels, Extent extent);
  /// A copy of the pixels seen by `view`, packed and planar; type and value range are kept.
  explicit Section(const SectionView& view);

  Section(const Section& other);
  Section& operator=(const Section& other);
  Section(Section&&) noexcept = default;
  Section& operator=(Section&&) noexcept = default;

  bool empty() const { return !pixels_; }
  const Layout& layout() const { return layout_; }
  Extent extent() const { return layout_.extent; }
  std::int64_t channels() const { return layout_.channels; }
  SampleType type() const { return layout_.type; }
  ValueRange range() const { return layout_.range; }
  /// Says what black and white are. \throws ArgumentError unless low < high and both are finite
  void set_range(ValueRange range);

  SectionView view() const { return {pixels_.get(), layout_}; }
  SectionSpan span() { return {pixels_.get(), layout_}; }
  std::size_t size_in_bytes() const;

  /// The samples as an array of T, planar. T must be the stored type (checked by size).
  template <typename T>
  T* samples() {
    return reinterpret_cast<T*>(checked(sizeof(T)));
  }
  template <typename T>
  const T* samples() const {
    return reinterpret_cast<const T*>(const_cast<Section*>(this)->checked(sizeof(T)));
  }

 private:
  void take_layout(SampleType type, std::int64_t channels, Extent extent);
  std::byte* checked(std::size_t sample_size);

  std::unique_ptr<std::byte[]> pixels_;
  Layout layout_;
};

/// Copies pixels between layouts of the same type, channels and extent. \throws ArgumentError otherwise
void copy_pixels(const SectionView& from, const SectionSpan& to);

/// "450 x 900" for messages.
std::string name_of(Extent extent);

}  // namespace firstframe
