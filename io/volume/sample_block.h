#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

#include "core/frame/section.h"
#include "io/volume/volume_info.h"

namespace firstframe {

/// Where the samples of a volume lie, in a file or in memory: x side by side, rows and planes at any distance.
struct SampleBlock {
  StoredType stored = StoredType::uint8;
  bool big_endian = false;
  std::array<std::int64_t, 3> size{1, 1, 1};  // x, y, z
  std::int64_t begin = 0;                     // byte of sample (0, 0, 0)
  std::int64_t row_stride = 0;                // bytes from a sample to the one at y + 1
  std::int64_t plane_stride = 0;              // bytes to the one at z + 1

  std::int64_t at(std::int64_t x, std::int64_t y, std::int64_t z) const {
    return begin + z * plane_stride + y * row_stride + x * bytes_per_sample(stored);
  }
  /// The byte after the last sample.
  std::int64_t end() const { return at(size[0], size[1] - 1, size[2] - 1); }
};

/// Samples without gaps, little-endian unless said otherwise.
/// \throws FormatError when a side is below 1 or the bytes cannot be counted in 64 bits
SampleBlock packed_block(StoredType stored, const std::array<std::int64_t, 3>& size, std::int64_t begin = 0,
                         bool big_endian = false);

using ReadAt = std::function<void(std::int64_t offset, std::span<std::byte> to)>;
using WriteAt = std::function<void(std::int64_t offset, std::span<const std::byte> from)>;

/// One section as code_of(stored) codes it. Reads at most a MiB beyond the section at a time. Along z and y a section costs
/// its own bytes; along x samples lie a row apart, and rows up to 4096 bytes are read whole because that is faster.
Section read_section(const SampleBlock& block, Axis axis, std::int64_t index, const ReadAt& read);

/// Writes a section to its places; see encode_samples for its type.
/// \return samples that were limited \throws ArgumentError when size, channels or type do not fit the block
std::int64_t write_section(const SampleBlock& block, Axis axis, std::int64_t index, const SectionView& section,
                           const WriteAt& write);

}  // namespace firstframe
