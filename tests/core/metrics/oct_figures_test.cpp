#include "core/metrics/oct_figures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "core/base/error.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

constexpr Extent kPicture{160, 256};
const Region kVitreous{8, 16, 40, 200};
const Region kLayer{100, 16, 20, 200};

// A B-scan of two materials, a background of intensity 0.01 and a layer of 1, under fully developed speckle, the mean
// of a number of independent looks, as linear intensity.
Section speckled(int looks) {
  Section section(SampleType::float32, 1, kPicture);
  std::mt19937 generator(11);
  std::exponential_distribution<double> speckle;
  for (std::int64_t r = 0; r < kPicture.rows; ++r)
    for (std::int64_t c = 0; c < kPicture.cols; ++c) {
      double sum = 0;
      for (int look = 0; look < looks; ++look) sum += speckle(generator);
      section.samples<float>()[r * kPicture.cols + c] =
          static_cast<float>((r >= 96 && r < 124 ? 0.2 : 0.002) * sum / looks);
    }
  return section;
}

// The same in decibels, black 60 dB below white.
Section in_decibels(const Section& linear) {
  auto log = linear;
  for (std::int64_t p = 0; p < kPicture.area(); ++p)
    log.samples<float>()[p] = static_cast<float>(1 + std::log10(linear.samples<float>()[p]) * 10 / 60);
  return log;
}

const OctRegions kRegions{kVitreous, {kLayer}};

TEST(OctFigures, EnlOfAMeanOfLooksIsTheirNumber) {
  for (const int looks : {1, 4, 9}) {
    const auto figures = oct_figures(speckled(looks).view(), kRegions, {IntensityDomain::linear, 0.1});
    EXPECT_NEAR(figures.enl, looks, 0.08 * looks) << looks;
    EXPECT_NEAR(figures.enl_background, looks, 0.08 * looks) << looks;
    EXPECT_NEAR(figures.speckle_contrast, 1 / std::sqrt(looks), 0.05) << looks;
  }
}

TEST(OctFigures, ComeBackToLinearIntensityForTheEnlOfDecibels) {
  const auto linear = speckled(4);
  const auto from_linear = oct_figures(linear.view(), kRegions, {IntensityDomain::linear, 60});
  const auto from_log = oct_figures(in_decibels(linear).view(), kRegions, {IntensityDomain::log, 60});
  EXPECT_NEAR(from_log.enl, from_linear.enl, 1e-3);
  EXPECT_NEAR(from_log.speckle_contrast, from_linear.speckle_contrast, 1e-4);
}

TEST(OctFigures, TakeCnrMsrAndSnrFromTheValuesAsStored) {
  const auto figures = oct_figures(in_decibels(speckled(1)).view(), kRegions, {IntensityDomain::log, 60});
  // The logarithm of single-look speckle deviates by 5.57 dB; 20 dB lie between the two materials.
  EXPECT_NEAR(figures.cnr, 20 / 5.57, 0.1);
  EXPECT_NEAR(figures.snr_db, 20 * std::log10(60 / 5.57), 1.0);
}

TEST(OctFigures, AreMeansOverTheLayers) {
  const auto section = in_decibels(speckled(1));
  const OctRegions two{kVitreous, {kLayer, {100, 16, 10, 60}}};
  const auto first = oct_figures(section.view(), {kVitreous, {two.layers[0]}}, {}),
             second = oct_figures(section.view(), {kVitreous, {two.layers[1]}}, {});
  EXPECT_NEAR(oct_figures(section.view(), two, {}).cnr, (first.cnr + second.cnr) / 2, 1e-9);
}

TEST(OctFigures, RefuseRegionsThatDoNotFit) {
  const auto section = speckled(1);
  const auto refusal = [&](const OctRegions& regions) {
    return message_of<ArgumentError>([&] { oct_figures(section.view(), regions, {}); });
  };
  EXPECT_EQ(refusal({kVitreous, {{150, 0, 20, 20}}}),
            "OCT regions: 150,0,20x20 leaves the 160 x 256 picture");
  EXPECT_EQ(refusal({kVitreous, {{0, 0, 3, 5}}}), "OCT regions: 0,0,3x5 has 15 pixels; use at least 16");
  EXPECT_EQ(refusal({kVitreous, {}}), "OCT regions: there is no layer; give at least one");
}

TEST(FindOctRegions, FindsTheLayerAndTheBackgroundAboveIt) {
  const auto section = in_decibels(speckled(1));
  const auto found = find_oct_regions(section.view());
  EXPECT_LT(found.background.row + found.background.rows, 96);
  ASSERT_EQ(found.layers.size(), 3u);
  for (const auto& layer : found.layers) {
    EXPECT_GE(layer.row, 94);
    EXPECT_LE(layer.row + layer.rows, 126);
  }
  EXPECT_NEAR(oct_figures(section.view(), found, {IntensityDomain::log, 60}).enl, 1, 0.3);
}

TEST(FindOctRegions, PassesOverWhatWasNotMeasured) {
  auto section = in_decibels(speckled(1));
  for (std::int64_t r = 0; r < 20; ++r)
    for (std::int64_t c = 0; c < kPicture.cols; ++c) section.samples<float>()[r * kPicture.cols + c] = 0;
  EXPECT_GE(find_oct_regions(section.view()).background.row, 19);
}

TEST(FindOctRegions, RefusesAPictureWithoutBackground) {
  Section grey(SampleType::uint8, 1, {80, 80});
  EXPECT_THAT(message_of<FormatError>([&] { find_oct_regions(grey.view()); }),
              testing::HasSubstr("no bright layer was found"));
  EXPECT_THAT(message_of<FormatError>([] {
                find_oct_regions(Section(SampleType::uint8, 1, {40, 80}).view());
              }),
              testing::HasSubstr("at least 64 x 64"));
}

}  // namespace
}  // namespace firstframe
