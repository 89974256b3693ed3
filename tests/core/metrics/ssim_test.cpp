#include "core/metrics/ssim.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/colour/luma.h"
#include "tests/core/metrics/formula_picture.h"
#include "tests/core/support/sections.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

// From scikit-image 0.19.3 (structural_similarity with gaussian_weights=True, sigma=1.5, use_sample_covariance=False,
// data_range=1), printed by reference_values.py next to this file. scikit-image leaves a band of (11 - 1) / 2 pixels
// out of its mean: the positions where the window lies wholly inside, as we do.
constexpr double kGreySsim = 0.9082422845;
constexpr double kLumaSsim = 0.9610886044;

TEST(Ssim, AgreesWithScikitImage) {
  EXPECT_NEAR(ssim(formula_picture(1, true).view(), formula_picture(1, false).view()), kGreySsim, 1e-6);
  EXPECT_NEAR(
      ssim(luma_of(formula_picture(3, true).view()).view(), luma_of(formula_picture(3, false).view()).view()),
      kLumaSsim, 1e-6);
}

TEST(Ssim, OfEqualSectionsIsOne) {
  const auto section = formula_picture(1, false);
  EXPECT_DOUBLE_EQ(ssim(section.view(), section.view()), 1);
}

TEST(Ssim, ServesTheSmallestSectionItAccepts) {
  const auto a = scramble(SampleType::uint8, 1, {11, 11}, 1), b = scramble(SampleType::uint8, 1, {11, 11}, 2);
  EXPECT_LT(ssim(a.view(), b.view()), 0.5);
  EXPECT_DOUBLE_EQ(ssim(a.view(), b.view()), ssim(b.view(), a.view()));
}

TEST(Ssim, RefusesASectionSmallerThanItsWindow) {
  const auto section = scramble(SampleType::uint8, 1, {10, 30});
  EXPECT_EQ(message_of<FormatError>([&] { ssim(section.view(), section.view()); }),
            "SSIM: the 10 x 30 section is smaller than the 11 x 11 window");
}

TEST(Ssim, RefusesColourAndDifferentSizes) {
  const auto colour = scramble(SampleType::uint8, 3, {12, 12}),
             grey = scramble(SampleType::uint8, 1, {12, 13});
  EXPECT_EQ(message_of<FormatError>([&] { ssim(colour.view(), grey.view()); }),
            "SSIM: two 1-channel sections of one size are needed; restored is 12 x 12 with 3, clean is 12 x "
            "13 with 1");
}

}  // namespace
}  // namespace firstframe
