#include "io/volume/sample_block.h"

#include <algorithm>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/volume/sample_codec.h"

namespace firstframe {
namespace {

constexpr std::int64_t kChunk = std::int64_t{1} << 20;  // bytes read or written at a time
constexpr std::int64_t kShortRow = 4096;                // bytes; reading so many costs less than another call

Extent extent_of(const SampleBlock& block, Axis axis) { return section_extent({block.size, {}, {}, {}}, axis); }

// Byte of the first sample of a section's row.
std::int64_t row_begin(const SampleBlock& block, Axis axis, std::int64_t index, std::int64_t row) {
  if (axis == Axis::z) return block.at(0, row, index);
  return axis == Axis::y ? block.at(0, index, row) : block.at(index, 0, row);
}

// Rows of a section that lie one after the other without a gap are moved together, as many as a chunk holds.
std::int64_t rows_at_once(const SampleBlock& block, Axis axis) {
  const auto row = block.size[0] * bytes_per_sample(block.stored);
  const auto stride = axis == Axis::z ? block.row_stride : block.plane_stride;
  return stride == row ? std::max<std::int64_t>(1, kChunk / row) : 1;
}

}  // namespace

SampleBlock packed_block(StoredType stored, const std::array<std::int64_t, 3>& size, std::int64_t begin, bool big_endian) {
  const auto bytes = bytes_per_sample(stored);
  std::int64_t total = bytes;
  for (const auto side : size)
    if (side < 1 || __builtin_mul_overflow(total, side, &total) || total > INT64_MAX - begin)
      throw FormatError(text("volume: ", size[0], " x ", size[1], " x ", size[2],
                             " samples cannot be; every side is at least 1 and the bytes are counted in 63 bits"));
  return {stored, big_endian, size, begin, size[0] * bytes, size[0] * size[1] * bytes};
}

Section read_section(const SampleBlock& block, Axis axis, std::int64_t index, const ReadAt& read) {
  const auto extent = extent_of(block, axis);
  const auto bytes = bytes_per_sample(block.stored);
  Section section(code_of(block.stored).type, 1, extent);
  const auto pixels = section.span();
  const auto decode = [&](const std::byte* from, std::int64_t stride, std::int64_t count, std::byte* to) {
    decode_samples(block.stored, block.big_endian, from, stride, count, to);
  };
  std::vector<std::byte> chunk;

  if (axis == Axis::x) {
    const bool whole_rows = block.row_stride <= kShortRow;
    const auto step = whole_rows ? std::max<std::int64_t>(1, kChunk / block.row_stride) : 1;
    for (std::int64_t row = 0; row < extent.rows; ++row) {
      for (std::int64_t col = 0; col < extent.cols; col += step) {
        const auto count = std::min(step, extent.cols - col);
        chunk.resize(static_cast<std::size_t>((count - 1) * block.row_stride + bytes));
        read(block.at(index, col, row), chunk);
        decode(chunk.data(), block.row_stride, count, pixels.at(0, row) + col * pixels.layout.col_stride);
      }
    }
    return section;
  }

  const auto step = rows_at_once(block, axis);
  for (std::int64_t row = 0; row < extent.rows; row += step) {
    const auto count = std::min(step, extent.rows - row) * extent.cols;
    chunk.resize(static_cast<std::size_t>(count * bytes));
    read(row_begin(block, axis, index, row), chunk);
    decode(chunk.data(), bytes, count, pixels.at(0, row));
  }
  return section;
}

std::int64_t write_section(const SampleBlock& block, Axis axis, std::int64_t index, const SectionView& section,
                           const WriteAt& write) {
  const auto& layout = section.layout;
  const auto extent = extent_of(block, axis);
  if (layout.extent != extent || layout.channels != 1)
    throw ArgumentError(text("volume: a section of ", name_of(layout.extent), " and ", layout.channels,
                             " channels does not fit; this volume's are ", name_of(extent), " of one channel"));
  const auto bytes = bytes_per_sample(block.stored);
  const auto row_bytes = extent.cols * bytes;
  const auto step = axis == Axis::x ? 1 : rows_at_once(block, axis);
  std::vector<std::byte> chunk(static_cast<std::size_t>(step * row_bytes));
  std::int64_t limited = 0;
  for (std::int64_t row = 0; row < extent.rows; row += step) {
    const auto rows = std::min(step, extent.rows - row);
    for (std::int64_t i = 0; i < rows; ++i)
      limited += encode_samples(block.stored, block.big_endian, layout.type, section.at(0, row + i), layout.col_stride,
                                extent.cols, chunk.data() + i * row_bytes);
    const auto begin = row_begin(block, axis, index, row);
    if (axis != Axis::x) {
      write(begin, std::span(chunk).first(static_cast<std::size_t>(rows * row_bytes)));
      continue;
    }
    for (std::int64_t col = 0; col < extent.cols; ++col)
      write(begin + col * block.row_stride, {chunk.data() + col * bytes, static_cast<std::size_t>(bytes)});
  }
  return limited;
}

}  // namespace firstframe
