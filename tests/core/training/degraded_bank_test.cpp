#include "core/training/degraded_bank.h"

#include <gtest/gtest.h>

#include "core/restorers/wiener_filters.h"
#include "tests/support/scenes.h"

namespace firstframe {
namespace {

torch::Tensor no_filters() { return torch::empty({0, 1, kWienerSize, kWienerSize}); }

DegradedBank bank_of(Extent extent, const IdentifiedDegradation& degradation, std::int64_t least_side, bool is_drawing) {
  const TrainingPair pair{scene(extent, SampleType::float32), scene(extent, SampleType::float32)};
  return make_degraded_bank(pair, {0, 0, extent.rows, extent.cols}, degradation, no_filters(), least_side, is_drawing, 1);
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

TEST(DegradedBank, KnowsWhetherAPartIsLargeEnough) {
  IdentifiedDegradation degradation;
  degradation.kernel = gaussian_psf(1.5, 61);
  EXPECT_TRUE(fits_bank({0, 0, 31, 40}, degradation, no_filters(), 20));
  EXPECT_FALSE(fits_bank({0, 0, 30, 40}, degradation, no_filters(), 20));
  EXPECT_FALSE(fits_bank({0, 0, 31, 40}, degradation, no_filters(), 32));
}

}  // namespace
}  // namespace firstframe
