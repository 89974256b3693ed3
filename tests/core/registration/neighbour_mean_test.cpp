#include "core/registration/neighbour_mean.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/degradation/noise.h"
#include "core/metrics/psnr.h"
#include "tests/support/messages.h"
#include "tests/support/scenes.h"

namespace firstframe {
namespace {

constexpr Extent kFrame{96, 128};

Section noisy(Section section, std::uint64_t seed) {
  add_gaussian_noise(section, 0.1, seed);
  return section;
}

// The scene further down and right by whole pixels.
Section moved(const Section& from, std::int64_t down, std::int64_t across) {
  Section result(SampleType::float32, 1, from.extent());
  const auto [rows, cols] = from.extent();
  for (std::int64_t r = 0; r < rows; ++r)
    for (std::int64_t c = 0; c < cols; ++c)
      result.samples<float>()[r * cols + c] =
          from.samples<float>()[std::clamp<std::int64_t>(r - down, 0, rows - 1) * cols + std::clamp<std::int64_t>(c - across, 0, cols - 1)];
  return result;
}

TEST(NeighbourMean, HasLessNoiseByTheirNumber) {
  const auto clean = scene(kFrame, SampleType::float32);
  const auto own = noisy(clean, 1), second = noisy(clean, 2), third = noisy(clean, 3), fourth = noisy(clean, 4);
  const std::vector<SectionView> neighbours{second.view(), third.view(), fourth.view()};
  const auto mean = neighbour_mean(own.view(), neighbours);
  EXPECT_NEAR(psnr(mean.view(), clean.view()), psnr(own.view(), clean.view()) + 6.02, 0.2);
}

TEST(NeighbourMean, MovesNeighboursBackByWholePixels) {
  const auto clean = scene(kFrame, SampleType::float32);
  const auto own = noisy(clean, 1), away = noisy(moved(clean, 3, -2), 2);
  const std::vector<SectionView> neighbours{away.view()};
  const Region inside{8, 8, 80, 112};
  const auto mean = neighbour_mean(own.view(), neighbours);
  EXPECT_NEAR(psnr(mean.view().crop(inside), clean.view().crop(inside)), 23.0, 0.3);  // 20 dB and 3 for two of them
}

TEST(NeighbourMean, OfNoNeighboursIsTheSectionNormalised) {
  const auto own = scene(kFrame, SampleType::uint8);
  const auto mean = neighbour_mean(own.view(), {});
  EXPECT_EQ(mean.type(), SampleType::float32);
  EXPECT_FLOAT_EQ(mean.samples<float>()[5], static_cast<float>(own.samples<std::uint8_t>()[5]) / 255);
}

TEST(NeighbourMean, RefusesWhatIsNotAlike) {
  const auto own = scene(kFrame, SampleType::uint8), small = scene({96, 120}, SampleType::uint8);
  const std::vector<SectionView> neighbours{small.view()};
  EXPECT_EQ(message_of<FormatError>([&] { neighbour_mean(own.view(), neighbours); }),
            text("neighbours: one is 96 x 120 ", name_of(SampleType::uint8), " with 1 channels, the section itself 96 x 128 ",
                 name_of(SampleType::uint8), " with 1; all must be alike, of one value range"));
  const Section colour(SampleType::uint8, 3, kFrame);
  EXPECT_EQ(message_of<FormatError>([&] { neighbour_mean(colour.view(), {}); }),
            "neighbours: this section has 3 channels; use 1-channel sections, or none");
}

using Indices = std::vector<std::int64_t>;

TEST(SectionsBeside, AreTheNearestOnBothSides) {
  EXPECT_EQ(sections_beside(5, 10, 2), (Indices{4, 6, 3, 7}));
  EXPECT_EQ(sections_beside(5, 10, 0), Indices{});
}

TEST(SectionsBeside, AreReflectedAtTheEndsOfTheVolume) {
  EXPECT_EQ(sections_beside(0, 10, 2), (Indices{1, 1, 2, 2}));
  EXPECT_EQ(sections_beside(9, 10, 2), (Indices{8, 8, 7, 7}));
  EXPECT_EQ(sections_beside(0, 1, 2), (Indices{0, 0, 0, 0}));
  EXPECT_EQ(sections_beside(1, 2, 2), (Indices{0, 0, 1, 1}));
}

TEST(NearestSections, OfAnOddNumberHaveOneMoreBefore) {
  EXPECT_EQ(nearest_sections(5, 10, 3), (Indices{4, 6, 3}));
  EXPECT_EQ(nearest_sections(5, 10, 4), sections_beside(5, 10, 2));
  EXPECT_EQ(nearest_sections(0, 10, 1), Indices{1});
}

TEST(SectionWithNeighbours, IsTheMeanInTheSectionsOwnSamples) {
  Section own(SampleType::uint16, 1, {24, 24}), other = own;
  own.set_range({0, 4095});
  other.set_range({0, 4095});
  for (std::int64_t i = 0; i < own.extent().area(); ++i) {
    own.samples<std::uint16_t>()[i] = static_cast<std::uint16_t>(100 + i);
    other.samples<std::uint16_t>()[i] = static_cast<std::uint16_t>(103 + i);
  }
  const std::vector<SectionView> neighbours{other.view()};
  const auto mean = section_with_neighbours(own.view(), neighbours);
  EXPECT_EQ(mean.type(), SampleType::uint16);
  EXPECT_EQ(mean.range(), own.range());
  const auto expected = neighbour_mean(own.view(), neighbours);
  for (const std::int64_t i : {0, 100, 575})
    EXPECT_EQ(mean.samples<std::uint16_t>()[i], std::lround(4095 * expected.samples<float>()[i])) << i;
}

TEST(SectionsBeside, RefusesWhatThereIsNot) {
  EXPECT_EQ(message_of<ArgumentError>([] { sections_beside(10, 10, 1); }), "neighbours: there is no section 10 among 10; use 0..9");
  EXPECT_EQ(message_of<ArgumentError>([] { sections_beside(0, 10, 33); }),
            "neighbours: 33 on each side are not accepted; use 0..32");
}

}  // namespace
}  // namespace firstframe
