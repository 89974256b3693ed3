#include "io/volume/sample_block.h"

#include <gtest/gtest.h>

#include <cstring>
#include <numeric>
#include <vector>

#include "core/base/error.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

constexpr Axis kAxes[] = {Axis::x, Axis::y, Axis::z};

ReadAt reader_of(const std::vector<std::byte>& bytes) {
  return [&bytes](std::int64_t offset, std::span<std::byte> to) {
    ASSERT_LE(static_cast<std::size_t>(offset) + to.size(), bytes.size());
    std::memcpy(to.data(), bytes.data() + offset, to.size());
  };
}

// Samples that tell where they are, behind 3 bytes, with gaps between rows and planes.
struct Gapped {
  SampleBlock block{StoredType::uint16, false, {4, 3, 5}, 3, 4 * 2 + 6, 3 * 14 + 10};
  std::vector<std::byte> bytes = std::vector<std::byte>(static_cast<std::size_t>(block.end()), std::byte{0xee});

  Gapped() {
    for (std::uint16_t z = 0; z < 5; ++z)
      for (std::uint16_t y = 0; y < 3; ++y)
        for (std::uint16_t x = 0; x < 4; ++x) {
          const auto sample = static_cast<std::uint16_t>(100 * z + 10 * y + x);
          std::memcpy(bytes.data() + block.at(x, y, z), &sample, 2);
        }
  }
};

TEST(SampleBlock, CutsSectionsAlongEveryAxis) {
  const Gapped gapped;
  const auto sample = [&](Axis axis, std::int64_t index, std::int64_t row, std::int64_t col) {
    const auto section = read_section(gapped.block, axis, index, reader_of(gapped.bytes));
    return section.samples<std::uint16_t>()[row * section.extent().cols + col];
  };
  EXPECT_EQ(sample(Axis::z, 4, 2, 3), 423);  // rows y, columns x
  EXPECT_EQ(sample(Axis::y, 2, 4, 3), 423);  // rows z, columns x
  EXPECT_EQ(sample(Axis::x, 3, 4, 2), 423);  // rows z, columns y
  EXPECT_EQ(sample(Axis::x, 1, 0, 2), 21);
}

TEST(SampleBlock, WritesSectionsWhereItReadsThemAndTouchesNoGap) {
  const Gapped gapped;
  for (const auto axis : kAxes) {
    std::vector<std::byte> copy(gapped.bytes.size(), std::byte{0xee});
    for (std::int64_t i = 0; i < sections_along({gapped.block.size, {}, {}, {}}, axis); ++i)
      write_section(gapped.block, axis, i, read_section(gapped.block, axis, i, reader_of(gapped.bytes)).view(),
                    [&](std::int64_t offset, std::span<const std::byte> from) {
                      std::memcpy(copy.data() + offset, from.data(), from.size());
                    });
    EXPECT_EQ(copy, gapped.bytes) << name_of(axis);
  }
}

TEST(SampleBlock, ReadsRowsBeyondAMebibyteAndSingleSamplesOfLongRows) {
  const auto block = packed_block(StoredType::uint8, {700'000, 3, 2});
  std::vector<std::byte> bytes(static_cast<std::size_t>(block.end()));
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::byte>(i * 7 % 251);
  const auto along_z = read_section(block, Axis::z, 1, reader_of(bytes));
  EXPECT_EQ(std::memcmp(along_z.view().data, bytes.data() + block.plane_stride, 2'100'000), 0);
  const auto along_x = read_section(block, Axis::x, 699'999, reader_of(bytes));
  EXPECT_EQ(along_x.samples<std::uint8_t>()[5], static_cast<std::uint8_t>(bytes.back()));
}

TEST(SampleBlock, RefusesSizesThatCannotBeCounted) {
  EXPECT_EQ(message_of<FormatError>([] { packed_block(StoredType::float64, {1 << 30, 1 << 30, 1 << 30}); }),
            "volume: 1073741824 x 1073741824 x 1073741824 samples cannot be; every side is at least 1 and the bytes are "
            "counted in 63 bits");
  EXPECT_THROW(packed_block(StoredType::uint8, {4, 0, 4}), FormatError);
}

TEST(SampleBlock, RefusesSectionsThatDoNotFit) {
  const auto block = packed_block(StoredType::uint8, {4, 3, 2});
  EXPECT_EQ(message_of<ArgumentError>([&] {
              write_section(block, Axis::z, 0, Section(SampleType::uint8, 1, {4, 3}).view(), [](auto, auto) {});
            }),
            "volume: a section of 4 x 3 and 1 channels does not fit; this volume's are 3 x 4 of one channel");
  EXPECT_EQ(message_of<ArgumentError>([&] {
              write_section(block, Axis::z, 0, Section(SampleType::uint16, 1, {3, 4}).view(), [](auto, auto) {});
            }),
            "volume: a section of uint16 cannot become samples of uint8; give uint8 or float32");
}

}  // namespace
}  // namespace firstframe
