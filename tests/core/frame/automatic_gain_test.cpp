#include "core/frame/automatic_gain.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

// A column that fades, one that does not, one of silence.
Section fading(SampleType type, double offset) {
  Section section(type, 1, {200, 3});
  for (std::int64_t row = 0; row < 200; ++row)
    for (std::int64_t col = 0; col < 3; ++col) {
      const double value = col == 2 ? 0 : std::round(9000 * std::sin(0.5 * row) * (col == 0 ? std::exp(-0.02 * row) : 1));
      if (type == SampleType::float32)
        section.samples<float>()[row * 3 + col] = static_cast<float>(value + offset);
      else
        section.samples<std::uint16_t>()[row * 3 + col] = static_cast<std::uint16_t>(value + offset);
    }
  return section;
}

TEST(AutomaticGain, EvensOutAFadingTrace) {
  const auto gained = with_gain(fading(SampleType::float32, 0).view(), 0, 25);
  double early = 0, late = 0;
  for (std::int64_t row = 0; row < 60; ++row) early += std::pow(gained.section.samples<float>()[row * 3], 2);
  for (std::int64_t row = 140; row < 200; ++row) late += std::pow(gained.section.samples<float>()[row * 3], 2);
  EXPECT_NEAR(early, 60, 6);
  EXPECT_NEAR(late, 60, 6);
}

TEST(AutomaticGain, DividesByTheRootMeanSquareAround) {
  const auto section = fading(SampleType::float32, 0);
  const auto gained = with_gain(section.view(), 0, 5);
  for (const std::int64_t row : {0, 1, 100, 199}) {
    double squares = 0;
    std::int64_t count = 0;
    for (auto near = std::max<std::int64_t>(0, row - 2); near < std::min<std::int64_t>(200, row + 3); ++near, ++count)
      squares += std::pow(section.samples<float>()[near * 3 + 1], 2);
    EXPECT_NEAR(gained.gains[static_cast<std::size_t>(row * 3 + 1)] * std::sqrt(squares / static_cast<double>(count)), 1, 1e-4) << row;
  }
}

TEST(AutomaticGain, IsUndoneByItsGains) {
  for (const auto& [type, offset] : {std::pair(SampleType::float32, 0.0), {SampleType::uint16, 32768.0}}) {
    const auto section = fading(type, offset), wanted = fading(SampleType::float32, offset);
    auto gained = with_gain(section.view(), offset, 31);
    undo_gain(gained.section, offset, gained.gains);
    for (std::int64_t i = 0; i < 600; ++i) ASSERT_NEAR(gained.section.samples<float>()[i], wanted.samples<float>()[i], 0.01) << i;
  }
}

TEST(AutomaticGain, TakesTheGainsOfAnotherSection) {
  const auto gained = with_gain(fading(SampleType::float32, 0).view(), 0, 31);
  const auto same = under_gains(fading(SampleType::uint16, 32768).view(), 32768, gained.gains);
  for (std::int64_t i = 0; i < 600; ++i) ASSERT_FLOAT_EQ(same.samples<float>()[i], gained.section.samples<float>()[i]) << i;
}

TEST(AutomaticGain, LeavesSilenceAlone) {
  const Section silence(SampleType::float32, 1, {20, 2});
  const auto gained = with_gain(silence.view(), 0, 5);
  for (std::int64_t i = 0; i < 40; ++i) EXPECT_EQ(gained.section.samples<float>()[i], 0);
  for (const auto gain : gained.gains) EXPECT_EQ(gain, 1);
}

TEST(AutomaticGain, RefusesWhatDoesNotFit) {
  Section section(SampleType::float32, 1, {20, 2});
  EXPECT_EQ(message_of<ArgumentError>([&] { with_gain(section.view(), 0, 0); }), "gain: a window of 0 samples cannot be; use 1 or more");
  EXPECT_EQ(message_of<ArgumentError>([&] { undo_gain(section, 0, std::vector<float>(3, 1.0f)); }),
            "gain: 3 gains do not fit a section of 20 x 2");
}

}  // namespace
}  // namespace firstframe
