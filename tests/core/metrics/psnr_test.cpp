#include "core/metrics/psnr.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"
#include "core/degradation/degrade.h"
#include "tests/core/metrics/formula_picture.h"
#include "tests/core/support/sections.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

// From scikit-image 0.19.3 (peak_signal_noise_ratio), printed by reference_values.py next to this file.
constexpr double kGreyPsnr = 26.8413157170;
constexpr double kColourPsnr = 26.8595254143;
constexpr double kFullLumaPsnr = 31.6869743618;
constexpr double kStudioLumaPsnr = 33.0088956736;

TEST(Psnr, AgreesWithScikitImageOnGrey) {
  EXPECT_NEAR(psnr(formula_picture(1, true).view(), formula_picture(1, false).view()), kGreyPsnr, 1e-5);
}

TEST(Psnr, AgreesWithScikitImageOnColourAndBothLumas) {
  const auto figures = picture_psnr(formula_picture(3, true).view(), formula_picture(3, false).view());
  EXPECT_NEAR(figures.rgb, kColourPsnr, 1e-5);
  EXPECT_NEAR(figures.luma_full, kFullLumaPsnr, 1e-5);
  EXPECT_NEAR(figures.luma_studio, kStudioLumaPsnr, 1e-5);
}

TEST(Psnr, OfGreyIsItsOwnLuma) {
  const auto figures = picture_psnr(formula_picture(1, true).view(), formula_picture(1, false).view());
  EXPECT_EQ(figures.rgb, figures.luma_full);
}

TEST(Psnr, IsTwentyDecibelsForAnErrorOfATenthEverywhere) {
  Section clean(SampleType::float32, 1, {4, 4}), restored = clean;
  for (int i = 0; i < 16; ++i) restored.samples<float>()[i] = i % 2 == 0 ? 0.1f : -0.1f;
  EXPECT_NEAR(psnr(restored.view(), clean.view()), 20, 1e-5);
  EXPECT_NEAR(psnr(restored.view(), clean.view(), /*peak=*/10), 40, 1e-5);
}

TEST(Psnr, OfEqualSectionsIsInfinite) {
  const auto section = formula_picture(1, false);
  EXPECT_TRUE(std::isinf(psnr(section.view(), section.view())));
}

TEST(Psnr, ComparesDepthsByTheirValueRanges) {
  const auto clean = formula_picture(1, false);
  EXPECT_GT(psnr(converted(clean.view(), SampleType::uint16).view(), clean.view()), 120);
}

TEST(Psnr, RefusesDifferentSections) {
  const Section one(SampleType::uint8, 1, {4, 5}), three(SampleType::uint8, 3, {4, 6});
  EXPECT_EQ(
      message_of<FormatError>([&] { psnr(three.view(), one.view()); }),
      "measure: restored is 4 x 6 with 3 channels, clean is 4 x 5 with 1; both must show the same section");
}

}  // namespace
}  // namespace firstframe
