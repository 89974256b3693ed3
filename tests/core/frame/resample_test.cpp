#include "core/frame/resample.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/degradation/degrade.h"
#include "tests/core/support/sections.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

// value(r, c) = 3 r - 2 c + 5, another value at every pixel
Section slope(Extent extent) {
  Section section(SampleType::float32, 1, extent);
  for (std::int64_t r = 0; r < extent.rows; ++r)
    for (std::int64_t c = 0; c < extent.cols; ++c)
      section.samples<float>()[r * extent.cols + c] = static_cast<float>(3 * r - 2 * c + 5);
  return section;
}

// The pixels of `large` that a section decimated from `phase` on kept.
Section kept(const SectionView& large, std::int64_t factor, std::int64_t phase) {
  Degradation degradation;
  degradation.downscale = factor;
  degradation.phase = phase;
  return degrade(large, degradation);
}

TEST(Upsample, KeepsAConstantAndItsRange) {
  Section small(SampleType::uint8, 2, {5, 7});
  std::fill_n(small.samples<std::uint8_t>(), 70, std::uint8_t{77});
  small.set_range({16, 235});
  for (const auto border : {Border::reflect, Border::circular, Border::replicate}) {
    const auto large = upsampled(small.view(), centred_upscale(4), {20, 28}, border);
    EXPECT_EQ(large.type(), SampleType::float32);
    EXPECT_EQ(large.channels(), 2);
    EXPECT_EQ(large.range(), small.range());
    for (std::int64_t i = 0; i < 2 * 20 * 28; ++i) ASSERT_NEAR(large.samples<float>()[i], 77, 1e-4);
  }
}

TEST(Upsample, GivesASlopeBackForEveryPhase) {
  const Extent extent{31, 38};
  const auto large = slope(extent);
  for (const std::int64_t factor : {2, 3, 4})
    for (std::int64_t row_phase = 0; row_phase < factor; ++row_phase) {
      const auto col_phase = factor - 1 - row_phase;
      auto layout = large.layout();
      layout.extent = {(extent.rows - row_phase + factor - 1) / factor,
                       (extent.cols - col_phase + factor - 1) / factor};
      const auto* first = large.view().data + row_phase * layout.row_stride + col_phase * layout.col_stride;
      layout.row_stride *= factor;
      layout.col_stride *= factor;
      const auto again =
          upsampled({first, layout}, {factor, static_cast<double>(row_phase), static_cast<double>(col_phase)},
                    extent, Border::reflect);
      const auto reach = 3 * factor;  // pixels from the edge whose taps meet the border
      for (auto r = reach; r < extent.rows - reach; ++r)
        for (auto c = reach; c < extent.cols - reach; ++c)
          ASSERT_NEAR(again.samples<float>()[r * extent.cols + c],
                      large.samples<float>()[r * extent.cols + c], 2e-4)
              << factor << " " << row_phase << " at " << r << ", " << c;
    }
}

TEST(Upsample, LeavesThePixelsItWasGivenWhereTheyWere) {
  const auto small = scramble(SampleType::float32, 1, {9, 11});
  for (const std::int64_t factor : {2, 3, 4})
    for (std::int64_t phase = 0; phase < factor; ++phase) {
      const auto at = static_cast<double>(phase);
      const auto large =
          upsampled(small.view(), {factor, at, at}, {9 * factor, 11 * factor}, Border::reflect);
      EXPECT_TRUE(same_bytes(kept(large.view(), factor, phase), small)) << factor << " " << phase;
    }
}

TEST(Upsample, PutsTheCentreOfAnEvenFactorBetweenTwoPixels) {
  const auto small = slope({8, 8});
  const auto large = upsampled(small.view(), centred_upscale(2), {16, 16}, Border::reflect);
  // Large pixel (8, 8) lies at small (3.75, 3.75).
  EXPECT_NEAR(large.samples<float>()[8 * 16 + 8], 3 * 3.75 - 2 * 3.75 + 5, 1e-4);
}

TEST(Upsample, GoesOnBeyondTheEdgeAsTheBorderSays) {
  Section small(SampleType::float32, 1, {1, 6});
  small.samples<float>()[0] = 1;  // a lone first pixel, seen beyond the last only when the border is circular
  const auto last = [&](Border border) {
    return upsampled(small.view(), {2, 0, 0}, {2, 12}, border).samples<float>()[11];
  };
  EXPECT_GT(last(Border::circular), 0.5f);
  EXPECT_EQ(last(Border::reflect), 0.0f);
}

TEST(Upsample, FillsAnyExtentAskedFor) {
  const auto small = scramble(SampleType::uint16, 3, {33, 44});
  EXPECT_EQ(upsampled(small.view(), {3, 0, 0}, {97, 131}, Border::reflect).extent(), (Extent{97, 131}));
  const auto dot = scramble(SampleType::uint8, 1, {1, 1});
  const auto large = upsampled(dot.view(), {4, 1.5, 1.5}, {4, 4}, Border::reflect);
  EXPECT_NEAR(large.samples<float>()[15], dot.samples<std::uint8_t>()[0], 1e-4);
}

TEST(Upsample, RoundsAndClampsIntegers) {
  Section small(SampleType::uint8, 1, {1, 6});
  for (const int col : {3, 4, 5})
    small.samples<std::uint8_t>()[col] = 255;  // an edge: the kernel overshoots it
  Section large(SampleType::uint8, 1, {2, 12});
  upsample(small.view(), {2, 0, 0}, Border::replicate, large.span());
  EXPECT_EQ(large.samples<std::uint8_t>()[3], 0);
  EXPECT_EQ(large.samples<std::uint8_t>()[5], 128);
  EXPECT_EQ(large.samples<std::uint8_t>()[7], 255);
}

TEST(Upsample, GivesTheSameBytesOnAnyNumberOfThreads) {
  const auto small = scramble(SampleType::uint16, 3, {30, 41});
  const auto on = [&](int threads) {
    Section large(SampleType::uint16, 3, {90, 123});
    upsample(small.view(), centred_upscale(3), Border::reflect, large.span(), threads);
    return large;
  };
  for (const int threads : {0, 2, 5}) EXPECT_TRUE(same_bytes(on(threads), on(1))) << threads;
  EXPECT_EQ(message_of<ArgumentError>([&] { on(-1); }),
            "threads: -1 is not accepted; use 1..1024, or 0 for all");
}

TEST(Upsample, RefusesOtherChannels) {
  Section small(SampleType::uint8, 1, {4, 4}), large(SampleType::uint8, 3, {8, 8});
  EXPECT_EQ(message_of<ArgumentError>([&] {
              upsample(small.view(), {2, 0, 0}, Border::reflect, large.span());
            }),
            "upsample: factor 2 from 1 to 3 channels is not accepted; use a factor of 1 or more and equal "
            "channels");
}

}  // namespace
}  // namespace firstframe
