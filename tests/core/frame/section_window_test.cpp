#include "core/frame/section_window.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/frame/normalised.h"
#include "core/frame/resample.h"
#include "tests/core/support/sections.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

SectionWindow window_of(const Section& section, const Region& place) {
  return {section.view().crop(place), place.row, place.col, section.extent()};
}

TEST(ShownBy, IsTheRegionItselfInsideTheSection) {
  for (const auto border : {Border::reflect, Border::circular, Border::replicate})
    EXPECT_EQ(shown_by({2, 3, 4, 5}, {10, 20}, border), (Region{2, 3, 4, 5}));
}

TEST(ShownBy, FollowsTheBorder) {
  EXPECT_EQ(shown_by({-3, 18, 4, 6}, {10, 20}, Border::replicate), (Region{0, 18, 1, 2}));
  EXPECT_EQ(shown_by({-3, 18, 4, 6}, {10, 20}, Border::reflect), (Region{0, 15, 4, 5}));
  EXPECT_EQ(shown_by({-3, 18, 4, 6}, {10, 20}, Border::circular), (Region{0, 0, 10, 20}));
  EXPECT_EQ(shown_by({-3, -3, 7, 7}, {1, 1}, Border::reflect), (Region{0, 0, 1, 1}));
}

TEST(SectionWindow, LoadsWhatTheWholeSectionDoes) {
  const auto section = scramble(SampleType::uint16, 2, {23, 31});
  for (const auto border : {Border::reflect, Border::circular, Border::replicate})
    for (const Region region : {Region{5, 6, 7, 8}, {-4, 3, 9, 30}, {20, -2, 9, 9}, {-9, -9, 50, 60}}) {
      std::vector<float> from_whole(static_cast<std::size_t>(2 * region.extent().area())), from_part(from_whole.size());
      load_normalised(section.view(), region, border, from_whole.data());
      load_normalised(window_of(section, shown_by(region, section.extent(), border)), region, border, from_part.data());
      EXPECT_EQ(from_part, from_whole) << name_of(border) << " " << region.row;
    }
}

TEST(SectionWindow, RefusesWhenPixelsAreMissing) {
  const auto section = scramble(SampleType::uint8, 1, {10, 10});
  std::vector<float> values(16);
  EXPECT_EQ(message_of<ArgumentError>([&] {
              load_normalised(window_of(section, {2, 2, 5, 5}), {4, 3, 4, 4}, Border::reflect, values.data());
            }),
            "section: 4 x 4 pixels from row 4, column 3 on are needed, 5 x 5 from row 2, column 2 on are at hand");
}

TEST(SectionWindow, NamesANonFinitePlaceAsTheSectionCountsIt) {
  auto section = scramble(SampleType::float32, 1, {10, 10});
  section.samples<float>()[6 * 10 + 7] = INFINITY;
  std::vector<float> values(16);
  EXPECT_EQ(message_of<FormatError>([&] {
              load_normalised(window_of(section, {4, 5, 5, 5}), {5, 5, 4, 4}, Border::reflect, values.data());
            }),
            "section: the value at channel 0, row 6, column 7 is NaN or infinite; replace such values before restoring or "
            "training");
}

TEST(SectionWindow, IsUpsampledAsThatPartOfTheWholeSection) {
  const auto small = scramble(SampleType::uint8, 2, {19, 27});
  for (const auto border : {Border::reflect, Border::circular, Border::replicate}) {
    const Upscale upscale{3, 1, 0.5};
    const auto large = upsampled(small.view(), upscale, {57, 81}, border);
    for (const Region part : {Region{0, 0, 57, 81}, {0, 0, 1, 1}, {20, 33, 11, 13}, {50, 70, 7, 11}}) {
      Section piece(SampleType::float32, 2, part.extent());
      piece.set_range(large.range());
      const auto from = upsampled_from(part, upscale, small.extent(), border);
      upsample(window_of(small, from), upscale, border, part, piece.span());
      EXPECT_TRUE(same_bytes(piece, Section(large.view().crop(part)))) << name_of(border) << " " << part.row;
    }
  }
}

TEST(SectionWindow, IsNotUpsampledIntoRoomOfAnotherSize) {
  const auto small = scramble(SampleType::uint8, 1, {5, 5});
  Section piece(SampleType::float32, 1, {4, 4});
  EXPECT_EQ(message_of<ArgumentError>(
                [&] { upsample(whole_window(small.view()), {2, 0, 0}, Border::reflect, {0, 0, 4, 6}, piece.span()); }),
            "upsample: room for 4 x 4, needed: 4 x 6");
}

}  // namespace
}  // namespace firstframe
