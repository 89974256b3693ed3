#include "core/degradation/identified.h"

#include <gtest/gtest.h>

namespace firstframe {
namespace {

IdentifiedDegradation blurred() {
  IdentifiedDegradation found;
  found.kernel = gaussian_psf(1.6, 13);
  found.kernel_error.assign(169, 0.001f);
  found.noise.sigma = 1.41 / 255;
  found.explained = 0.981;
  return found;
}

TEST(IdentifiedDegradation, MeasuresTheBlurOfAGaussian) {
  auto found = blurred();
  found.kernel_error.assign(169, 0.0f);
  EXPECT_NEAR(found.blur_sigma(), 1.6, 0.02);
  found.kernel = {};
  EXPECT_EQ(found.blur_sigma(), 0);
}

TEST(IdentifiedDegradation, KnowsHowWellItsKernelIsKnown) {
  auto found = blurred();
  found.kernel = {3, {0, 0, 0, 0, 0.5f, 0, 0, 0, 0}};
  found.kernel_error = {0, 0, 0, 0, 0.03f, 0.04f, 0, 0, 0};
  EXPECT_NEAR(found.kernel_relative_error(), 0.1, 1e-6);
  EXPECT_NEAR(found.largest_tap_error(), 0.04, 1e-6);
}

TEST(Verdict, SaysWhatItIsAndWhetherItIsUsed) {
  EXPECT_EQ(blurred().verdict(),
            "blur of about 1.6 pixels explains 98 % of the change, and what is left is white noise of sigma 1.41 (of 255): "
            "fresh degradations can stand for it");
  IdentifiedDegradation noisy;
  noisy.noise.sigma = 25.0 / 255;
  EXPECT_EQ(noisy.verdict(),
            "white noise of sigma 25.00 (of 255) on an otherwise unchanged picture: fresh degradations can stand for it");
}

TEST(Verdict, NamesShiftGainAndDownscale) {
  auto found = blurred();
  found.centroid_down = -2.3;  // degraded pixels look up: what they show lies lower
  found.centroid_across = 0.7;
  found.gain = 0.8;
  for (auto& tap : found.kernel.taps) tap *= 0.8f;
  found.downscale.factor = 3;
  EXPECT_EQ(found.verdict(),
            "blur of about 1.6 pixels, a shift of 2.3 down and 0.7 left, a gain of 0.80 and downscaling by 3 explain 98 % of "
            "the change, and what is left is white noise of sigma 1.41 (of 255): fresh degradations can stand for it");
}

TEST(Verdict, NamesADegradationWithoutNoise) {
  auto found = blurred();
  found.noise.sigma = 0;
  EXPECT_EQ(found.verdict(), "blur of about 1.6 pixels without noise: fresh degradations can stand for it");
}

TEST(IdentifiedDegradation, IsMereNoiseOnlyWhereNoiseIsAllThereIs) {
  IdentifiedDegradation oct;
  oct.noise.sigma = 0.13;
  oct.noise.correlation = 0.15;
  EXPECT_TRUE(oct.is_mere_noise());
  const auto is_still_with = [&](auto change) {
    auto other = oct;
    change(other);
    return other.is_mere_noise();
  };
  EXPECT_FALSE(is_still_with([](IdentifiedDegradation& found) { found.noise.correlation = 0; }));  // drawn afresh instead
  EXPECT_FALSE(is_still_with([](IdentifiedDegradation& found) { found.explained = 0.2; }));
  EXPECT_FALSE(is_still_with([](IdentifiedDegradation& found) { found.noise.sigma = 0.04; }));
  EXPECT_FALSE(is_still_with([](IdentifiedDegradation& found) { found.noise.correlation = 0.7; }));
  EXPECT_FALSE(is_still_with([](IdentifiedDegradation& found) { found.noise.blockiness = 1.3; }));
  EXPECT_FALSE(is_still_with([](IdentifiedDegradation& found) { found.noise.law = NoiseLaw::irregular; }));
  EXPECT_FALSE(is_still_with([](IdentifiedDegradation& found) { found.downscale.factor = 2; }));
}

TEST(Verdict, SaysWhyAPairIsUsedAsItIs) {
  IdentifiedDegradation speckle;
  speckle.noise.sigma = 12.0 / 255;
  speckle.noise.slope = 1.2;
  speckle.noise.correlation = 0.3;
  speckle.noise.law = NoiseLaw::multiplicative;
  EXPECT_EQ(speckle.verdict(),
            "noise that grows with brightness, as speckle does, of sigma 12.00 (of 255), correlated (0.30) between neighbours "
            "on an otherwise unchanged picture: the pair is used as it is");
  auto oct = blurred();
  oct.explained = 0.025;
  oct.noise.correlation = 0.15;
  EXPECT_EQ(oct.verdict(),
            "noise of sigma 1.41 (of 255), correlated (0.15) between neighbours makes up 98 % of the change: the pair is used "
            "as it is");
  oct.noise.sigma = 33.0 / 255;
  EXPECT_EQ(oct.verdict(),
            "noise of sigma 33.00 (of 255), correlated (0.15) between neighbours makes up 98 % of the change: its noise, moved "
            "about, can stand for more of it");
  auto jpeg = blurred();
  jpeg.noise.blockiness = 1.6;
  jpeg.noise.correlation = 0.4;
  EXPECT_NE(jpeg.verdict().find("as JPEG leaves them"), std::string::npos);
}

}  // namespace
}  // namespace firstframe
