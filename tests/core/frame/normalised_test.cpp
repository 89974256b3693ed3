#include "core/frame/normalised.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "core/base/error.h"
#include "tests/core/support/sections.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

std::vector<float> loaded(const Section& section, const Region& region, Border border) {
  std::vector<float> values(static_cast<std::size_t>(section.channels() * region.rows * region.cols));
  load_normalised(section.view(), region, border, values.data());
  return values;
}

// What one row of normalised values becomes in a type with a value range.
template <typename Sample>
std::vector<Sample> stored(SampleType type, const std::vector<float>& values, ValueRange range) {
  Section section(type, 1, {1, static_cast<std::int64_t>(values.size())});
  section.set_range(range);
  store_normalised(values.data(), 0, 0, section.span());
  return {section.samples<Sample>(), section.samples<Sample>() + values.size()};
}

TEST(Normalised, GivesEveryValueOf8And16BitsBack) {
  for (const auto& section :
       {ramp(SampleType::uint8, 1, {16, 16}), ramp(SampleType::uint16, 1, {256, 256})}) {
    Section back(section.type(), 1, section.extent());
    store_normalised(values_of(section).data(), 0, section.extent().cols, back.span());
    EXPECT_TRUE(same_bytes(back, section)) << name_of(section.type());
  }
}

TEST(Normalised, GivesEveryValueOfA12BitDetectorBack) {
  auto section = ramp(SampleType::uint16, 1, {64, 64});
  section.set_range({0, 4095});
  Section back(SampleType::uint16, 1, {64, 64});
  back.set_range({0, 4095});
  EXPECT_FLOAT_EQ(values_of(section).back(), 1);
  store_normalised(values_of(section).data(), 0, 64, back.span());
  EXPECT_TRUE(same_bytes(back, section));
}

TEST(Normalised, IsZeroAtTheLowEndAndOneAtTheHighEnd) {
  auto section = ramp(SampleType::uint8, 1, {1, 256});
  section.set_range({16, 235});
  const auto values = values_of(section);
  EXPECT_FLOAT_EQ(values[16], 0);
  EXPECT_FLOAT_EQ(values[235], 1);
  EXPECT_LT(values[0], 0);  // darker than black stays darker
}

TEST(Normalised, RoundsIntegersToTheNearest) {
  EXPECT_EQ(
      stored<std::uint8_t>(SampleType::uint8, {99.4f / 255, 99.6f / 255, 0.4f / 255, 254.6f / 255}, {0, 255}),
      (std::vector<std::uint8_t>{99, 100, 0, 255}));
}

TEST(Normalised, ClampsIntegersToWhatTheTypeHolds) {
  EXPECT_EQ(stored<std::uint8_t>(SampleType::uint8, {-0.5f, 1.5f, 1e9f}, {0, 255}),
            (std::vector<std::uint8_t>{0, 255, 255}));
  EXPECT_EQ(stored<std::uint16_t>(SampleType::uint16, {-0.5f, 1.5f, 20.0f}, {0, 4095}),
            (std::vector<std::uint16_t>{0, 6143, 65535}));  // 12 bits may shine over, 16 may not
}

TEST(Normalised, NeitherRoundsNorClampsFloats) {
  EXPECT_EQ(stored<float>(SampleType::float32, {-0.5f, 0.25f, 3.0f}, {0, 2}),
            (std::vector<float>{-1.0f, 0.5f, 6.0f}));
}

TEST(Normalised, ReadsBeyondTheEdgeByTheBorder) {
  const auto section = ramp(SampleType::uint8, 1, {2, 3});  // 0 1 2 / 3 4 5
  const auto row = [&](Border border) {
    auto values = loaded(section, {-1, -2, 1, 7}, border);
    for (auto& value : values) value = std::round(value * 255);
    return values;
  };
  EXPECT_EQ(row(Border::reflect), (std::vector<float>{5, 4, 3, 4, 5, 4, 3}));
  EXPECT_EQ(row(Border::circular), (std::vector<float>{4, 5, 3, 4, 5, 3, 4}));
  EXPECT_EQ(row(Border::replicate), (std::vector<float>{0, 0, 0, 1, 2, 2, 2}));
}

TEST(Normalised, ReadsARegionThatLiesWhollyOutside) {
  const auto section = ramp(SampleType::uint8, 1, {2, 2});
  EXPECT_FLOAT_EQ(loaded(section, {100, 100, 1, 1}, Border::replicate)[0] * 255, 3);
}

TEST(Normalised, WritesFromTheMiddleOfALargerPlane) {
  const std::vector<float> plane = {9, 9, 9, 9, 0.25f, 0.5f, 9, 0.75f, 1};
  Section section(SampleType::float32, 1, {2, 2});
  store_normalised(plane.data() + 4, 9, 3, section.span());
  EXPECT_EQ(values_of(section), (std::vector<float>{0.25f, 0.5f, 0.75f, 1}));
}

TEST(Normalised, NamesThePlaceOfANonFiniteValue) {
  for (const float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
                          -std::numeric_limits<float>::infinity()}) {
    auto section = ramp(SampleType::float32, 2, {4, 5});
    section.samples<float>()[20 + 2 * 5 + 3] = bad;
    EXPECT_EQ(
        message_of<FormatError>([&] { values_of(section); }),
        "section: the value at channel 1, row 2, column 3 is NaN or infinite; replace such values before "
        "restoring or training");
  }
}

TEST(Normalised, NamesTheTruePlaceOfAValueMetThroughTheBorder) {
  auto section = ramp(SampleType::float32, 1, {4, 5});
  section.samples<float>()[1 * 5 + 2] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(message_of<FormatError>([&] {
              loaded(section, {-1, -2, 1, 1}, Border::reflect);
            }),
            "section: the value at channel 0, row 1, column 2 is NaN or infinite; replace such values before "
            "restoring or training");
}

}  // namespace
}  // namespace firstframe
