#include "core/frame/section.h"

#include <gtest/gtest.h>

#include <array>
#include <limits>

#include "core/base/error.h"
#include "tests/core/support/sections.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

// Two pixels of R, G, B a row, two rows, each padded to 8 bytes with 99.
constexpr std::array<std::uint8_t, 16> kPaddedRgb = {1, 2, 3, 4, 5, 6, 99, 99, 7, 8, 9, 10, 11, 12, 99, 99};

std::vector<int> planar(const SectionView& view) {
  const Section copy(view);
  const auto* first = copy.samples<std::uint8_t>();
  return {first, first + copy.size_in_bytes()};
}

SectionView padded_rgb() {
  return {reinterpret_cast<const std::byte*>(kPaddedRgb.data()),
          interleaved_layout(SampleType::uint8, 3, {2, 2}, /*row_stride=*/8)};
}

TEST(Section, GathersAnInterleavedPictureWithPaddedRows) {
  EXPECT_EQ(planar(padded_rgb()), (std::vector<int>{1, 4, 7, 10, 2, 5, 8, 11, 3, 6, 9, 12}));
}

TEST(Section, SeesBgrOrderThroughANegativeStride) {
  auto bgr = padded_rgb();
  bgr.data += 2;
  bgr.layout.channel_stride = -1;
  EXPECT_EQ(planar(bgr), (std::vector<int>{3, 6, 9, 12, 2, 5, 8, 11, 1, 4, 7, 10}));
}

TEST(Section, ShowsOneChannelAsASectionOfItsOwn) {
  EXPECT_EQ(planar(padded_rgb().channel(1)), (std::vector<int>{2, 5, 8, 11}));
  EXPECT_EQ(message_of<ArgumentError>([] { padded_rgb().channel(3); }),
            "section: channel 3 of 3 does not exist");
}

TEST(Section, ShowsARectangle) {
  EXPECT_EQ(planar(padded_rgb().crop({1, 0, 1, 2})), (std::vector<int>{7, 10, 8, 11, 9, 12}));
  EXPECT_EQ(planar(padded_rgb().crop({0, 1, 2, 1}).channel(2)), (std::vector<int>{6, 12}));
}

TEST(Section, RefusesARectangleThatLeavesIt) {
  EXPECT_EQ(message_of<ArgumentError>([] {
              padded_rgb().crop({1, 1, 2, 1});
            }),
            "section: region of 2 x 1 at row 1, column 1 leaves the 2 x 2 section");
  EXPECT_EQ(message_of<ArgumentError>([] {
              padded_rgb().crop({0, 0, 0, 1});
            }),
            "section: region of 0 x 1 at row 0, column 0 leaves the 2 x 2 section");
}

TEST(SectionSpan, CropsToPixelsThatAreWrittenInPlace) {
  Section section(SampleType::uint8, 1, {3, 4});
  const auto part = section.span().crop({1, 2, 2, 1});
  EXPECT_EQ(part.layout.extent, (Extent{2, 1}));
  *part.at(0, 1) = std::byte{9};
  EXPECT_EQ(section.samples<std::uint8_t>()[2 * 4 + 2], 9);
}

TEST(Section, WritesBackIntoAPaddedPictureWithoutTouchingThePadding) {
  auto target = kPaddedRgb;
  const SectionSpan span{reinterpret_cast<std::byte*>(target.data()), padded_rgb().layout};
  Section doubled(padded_rgb());
  for (std::size_t i = 0; i < doubled.size_in_bytes(); ++i) doubled.samples<std::uint8_t>()[i] *= 2;
  copy_pixels(doubled.view(), span);
  EXPECT_EQ(target,
            (std::array<std::uint8_t, 16>{2, 4, 6, 8, 10, 12, 99, 99, 14, 16, 18, 20, 22, 24, 99, 99}));
}

TEST(Section, StartsAsZeros) {
  const Section section(SampleType::uint16, 2, {3, 5});
  EXPECT_EQ(section.size_in_bytes(), 60u);
  for (int i = 0; i < 30; ++i) EXPECT_EQ(section.samples<std::uint16_t>()[i], 0);
}

TEST(Section, CopiesShareNothing) {
  auto first = ramp(SampleType::uint8, 1, {2, 3});
  first.set_range({0, 200});
  Section second = first;
  EXPECT_TRUE(same_bytes(first, second));
  second.samples<std::uint8_t>()[0] = 77;
  EXPECT_EQ(first.samples<std::uint8_t>()[0], 0);
  second = first;
  EXPECT_EQ(second.samples<std::uint8_t>()[0], 0);
  EXPECT_EQ(second.range().high, 200);
}

TEST(Section, CopiesAreEmptyWhereTheOriginalIs) {
  const Section nothing;
  Section copy = nothing;
  EXPECT_TRUE(copy.empty());
  copy = ramp(SampleType::uint8, 1, {2, 3});
  copy = nothing;
  EXPECT_TRUE(copy.empty());
}

TEST(Section, KnowsTheFullRangeOfEachType) {
  EXPECT_EQ(full_range(SampleType::uint8), (ValueRange{0, 255}));
  EXPECT_EQ(full_range(SampleType::uint16), (ValueRange{0, 65535}));
  EXPECT_EQ(full_range(SampleType::float32), (ValueRange{0, 1}));
}

TEST(Section, RefusesToHoldNothing) {
  EXPECT_EQ(message_of<ArgumentError>([] {
              Section(SampleType::uint8, 0, {4, 5});
            }),
            "section: 0 channels of 4 x 5 pixels hold nothing");
  EXPECT_EQ(message_of<ArgumentError>([] {
              Section(SampleType::uint8, 1, {4, 0});
            }),
            "section: 1 channels of 4 x 0 pixels hold nothing");
}

TEST(Section, RefusesAValueRangeWithoutWidth) {
  Section section(SampleType::float32, 1, {2, 2});
  EXPECT_EQ(message_of<ArgumentError>([&] {
              section.set_range({1, 1});
            }),
            "section: value range 1..1 is not accepted; the first value must be below the second");
  EXPECT_EQ(message_of<ArgumentError>([&] {
              section.set_range({0, std::numeric_limits<double>::infinity()});
            }),
            "section: value range 0..inf is not accepted; the first value must be below the second");
  EXPECT_EQ(section.range(), (ValueRange{0, 1}));
}

TEST(Section, RefusesToShowItsSamplesAsAnotherType) {
  Section section(SampleType::uint8, 1, {2, 2});
  EXPECT_EQ(message_of<ArgumentError>([&] { section.samples<float>(); }),
            "section: samples are uint8, not 4 bytes wide");
}

TEST(CopyPixels, RefusesAnotherShape) {
  const Section from(SampleType::uint8, 1, {2, 2});
  Section to(SampleType::uint16, 3, {2, 3});
  EXPECT_EQ(message_of<ArgumentError>([&] { copy_pixels(from.view(), to.span()); }),
            "copy: 1 channels of 2 x 2 uint8 do not fit into 3 of 2 x 3 uint16");
}

}  // namespace
}  // namespace firstframe
