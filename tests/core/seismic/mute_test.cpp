#include "core/seismic/mute.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/error.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

// Columns of 20 samples that hold their row's number + 1, but for zeros (coded as `offset`) at their ends.
template <typename Sample>
Section columns(SampleType type, const std::vector<Mute>& zeros, Sample offset) {
  const auto cols = static_cast<std::int64_t>(zeros.size());
  Section section(type, 1, {20, cols});
  for (std::int64_t row = 0; row < 20; ++row)
    for (std::int64_t col = 0; col < cols; ++col) {
      const auto& [above, below] = zeros[static_cast<std::size_t>(col)];
      const bool is_zero = row < above || row >= 20 - below;
      section.samples<Sample>()[row * cols + col] = static_cast<Sample>(is_zero ? offset : offset + row + 1);
    }
  return section;
}

TEST(Mutes, AreRunsOfTwoZerosOrMoreAtEitherEnd) {
  const auto found = mutes_of(columns<float>(SampleType::float32, {{0, 0}, {1, 1}, {2, 0}, {7, 3}, {0, 2}, {20, 0}}, 0).view(), 0);
  const std::vector<std::int64_t> above{0, 0, 2, 7, 0, 20}, below{0, 0, 0, 3, 2, 0};
  for (std::size_t col = 0; col < found.size(); ++col) {
    EXPECT_EQ(found[col].above, above[col]) << col;
    EXPECT_EQ(found[col].below, below[col]) << col;
  }
}

TEST(Mutes, OfIntegersHaveEightZeros) {
  const auto found = mutes_of(columns<std::uint16_t>(SampleType::uint16, {{7, 7}, {8, 0}, {0, 9}}, 32768).view(), 32768);
  EXPECT_EQ(found[0].samples(), 0);
  EXPECT_EQ(found[1].above, 8);
  EXPECT_EQ(found[2].below, 9);
}

TEST(Mutes, SeeNoZeroBetweenSamples) {
  auto section = columns<float>(SampleType::float32, {{0, 0}}, 0);
  std::fill_n(section.samples<float>() + 5, 10, 0.0f);
  EXPECT_EQ(mutes_of(section.view(), 0).front().samples(), 0);
}

TEST(KeepMutes, SetsWhatIsMutedAndNothingElse) {
  const auto degraded = columns<std::uint16_t>(SampleType::uint16, {{9, 0}, {0, 0}}, 32768);
  for (const auto type : {SampleType::uint16, SampleType::float32}) {
    Section restored(type, 1, {20, 2});
    for (int i = 0; i < 40; ++i)
      type == SampleType::float32 ? void(restored.samples<float>()[i] = 5) : void(restored.samples<std::uint16_t>()[i] = 5);
    keep_mutes(degraded.view(), 32768, restored);
    for (int i = 0; i < 40; ++i) {
      const double value = type == SampleType::float32 ? restored.samples<float>()[i] : restored.samples<std::uint16_t>()[i];
      EXPECT_EQ(value, i % 2 == 0 && i / 2 < 9 ? 32768 : 5) << i;
    }
  }
}

TEST(KeepMutes, RefusesAnotherSize) {
  Section restored(SampleType::float32, 1, {20, 3});
  EXPECT_EQ(message_of<ArgumentError>([&] { keep_mutes(columns<float>(SampleType::float32, {{2, 0}}, 0).view(), 0, restored); }),
            "mute: the degraded section is 20 x 1, the restored one 20 x 3; use two of one size");
}

}  // namespace
}  // namespace firstframe
