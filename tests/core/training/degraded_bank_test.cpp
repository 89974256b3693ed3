#include "core/training/degraded_bank.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/scenes.h"

namespace firstframe {
namespace {

DegradedBank bank_of(Extent extent, const IdentifiedDegradation& degradation, std::int64_t least_side, bool is_drawing) {
  const TrainingPair pair{scene(extent, SampleType::float32), scene(extent, SampleType::float32)};
  return make_degraded_bank(pair, {0, 0, extent.rows, extent.cols}, degradation, {}, {least_side, is_drawing});
}

TEST(DegradedBank, HoldsTheFrameAtFourScalesAndEightTurns) {
  const auto bank = bank_of({96, 128}, {}, 32, /*is_drawing=*/false);
  EXPECT_EQ(bank.given.size(), 32u);
  EXPECT_TRUE(bank.drawn.empty());
  EXPECT_EQ(bank.given.front().clean.sizes(), torch::IntArrayRef({1, 96, 128}));
}

TEST(DegradedBank, LeavesOutCopiesTooSmallForAPatch) {
  EXPECT_EQ(bank_of({96, 128}, {}, 80, false).given.size(), 16u);  // 96 and 82 rows
}

TEST(DegradedBank, CutsWindowsFromALargeFrame) {
  const auto bank = bank_of({600, 1200}, {}, 32, false);
  EXPECT_GT(bank.given.size(), 64u);
  for (const auto& picture : bank.given) EXPECT_LE(picture.clean.numel(), kBankWindow * kBankWindow);
}

TEST(DegradedBank, BlursWholePicturesAsTheKernelDoes) {
  IdentifiedDegradation degradation;
  degradation.kernel = {3, {0, 1, 0, 0, 2, 3, 0, 0, 4}};
  const auto bank = bank_of({64, 80}, degradation, 32, /*is_drawing=*/true);
  ASSERT_FALSE(bank.drawn.empty());
  const auto kernel = torch::tensor(at::ArrayRef<float>(degradation.kernel.taps)).reshape({1, 1, 3, 3});
  for (const auto* picture : {&bank.given.front(), &bank.given.back(), &bank.drawn.front()}) {
    const auto blurred = torch::conv2d(picture->clean.unsqueeze(0), kernel)[0];
    EXPECT_TRUE(torch::allclose(picture->seen.narrow(1, 1, blurred.size(1)).narrow(2, 1, blurred.size(2)), blurred, 1e-4, 1e-4));
  }
  EXPECT_FLOAT_EQ(bank.gain, 10);
}

TEST(DegradedBank, DownscalesAndUpsamplesAsRestoringDoes) {
  IdentifiedDegradation degradation;
  degradation.downscale = {3, 1, 2};
  const SeenThrough through{{3, 1, 2}, {}, 3};
  const TrainingPair pair{scene({96, 90}, SampleType::float32), scene({96, 90}, SampleType::float32)};
  const auto bank = make_degraded_bank(pair, {0, 0, 96, 90}, degradation, through, {32, false});
  const auto& first = bank.given.front();
  ASSERT_EQ(first.seen.sizes(), first.clean.sizes());
  // Where a pixel was kept, it is there again; between, it is not what it was.
  const auto kept = [](const torch::Tensor& picture) { return picture[0].slice(0, 1, {}, 3).slice(1, 2, {}, 3); };
  EXPECT_TRUE(torch::allclose(kept(first.seen), kept(first.clean), 1e-4, 1e-5));
  EXPECT_GT((first.seen - first.clean).abs().max().item<double>(), 0.1);
}

TEST(DegradedBank, DrawsScenesAndCutsWindowsLargeEnoughForAnyPatch) {
  const auto bank = bank_of({400, 420}, {}, 300, /*is_drawing=*/true);
  for (const auto* pictures : {&bank.given, &bank.drawn})
    for (const auto& picture : *pictures) EXPECT_GE(std::min(picture.clean.size(1), picture.clean.size(2)), 300);
}

TEST(DegradedBank, CannotStretchWhatDoesNotBlur) {
  const TrainingPair pair{scene({96, 96}, SampleType::float32), scene({96, 96}, SampleType::float32)};
  const auto bank = make_degraded_bank(pair, {0, 0, 96, 96}, {}, {}, {32, false, 0.3});
  for (const auto& picture : bank.given) EXPECT_TRUE(torch::allclose(picture.seen, picture.clean, 1e-4, 1e-5));
}

// The mean of 2 x 2 pixels looks half a pixel further down and across, however wide it is.
TEST(DegradedBank, StretchesAroundTheCentroid) {
  IdentifiedDegradation degradation;
  degradation.kernel = {3, {0, 0, 0, 0, 0.25f, 0.25f, 0, 0.25f, 0.25f}};
  degradation.centroid_down = degradation.centroid_across = 0.5;
  auto ramp = torch::arange(96, torch::kFloat32).reshape({1, 96}).expand({96, 96}).contiguous() / 96;
  const PictureDegrader degrader(degradation, {});
  for (const double stretch : {0.7, 1.0, 1.4}) {
    const auto shift = (degrader.degraded(ramp, stretch).seen - ramp)[0].slice(0, 20, 76).slice(1, 20, 76);
    EXPECT_NEAR(shift.mean().item<double>() * 96, 0.5, 0.02) << stretch;
  }
}

TEST(DegradedBank, StretchesTheKernelWhereAskedTo) {
  IdentifiedDegradation degradation;
  degradation.kernel = gaussian_psf(1.5, 13);
  const TrainingPair pair{scene({96, 96}, SampleType::float32), scene({96, 96}, SampleType::float32)};
  const auto change = [&](double jitter) {
    const auto bank = make_degraded_bank(pair, {0, 0, 96, 96}, degradation, {}, {96, false, jitter});
    std::vector<double> changes;  // of the whole frame, turned eight ways: equal unless the kernel differs
    for (const auto& picture : bank.given) changes.push_back((picture.seen - picture.clean).square().mean().item<double>());
    return std::make_pair(*std::min_element(changes.begin(), changes.end()), *std::max_element(changes.begin(), changes.end()));
  };
  const auto [least, most] = change(0);
  EXPECT_NEAR(most / least, 1, 1e-3);
  const auto [narrow, wide] = change(0.4);
  EXPECT_LT(narrow, 0.9 * least);
  EXPECT_GT(wide, 1.1 * most);
}

TEST(DegradedBank, KnowsWhetherAPartIsLargeEnough) {
  IdentifiedDegradation degradation;
  degradation.kernel = gaussian_psf(1.5, 61);
  EXPECT_TRUE(fits_bank({0, 0, 34, 40}, degradation, {}, 20));
  EXPECT_FALSE(fits_bank({0, 0, 33, 40}, degradation, {}, 20));
  EXPECT_FALSE(fits_bank({0, 0, 34, 40}, degradation, {}, 35));
}

}  // namespace
}  // namespace firstframe
