#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"
#include "core/degradation/degrade.h"
#include "core/degradation/noise.h"
#include "core/training/identify.h"
#include "tests/support/messages.h"
#include "tests/support/scenes.h"

namespace firstframe {
namespace {

Section textured(Extent extent) {
  auto section = scene(extent, SampleType::float32);
  add_gaussian_noise(section, 0.05, 3);
  return section;
}

TEST(IdentifyDownscaled, FindsFactorPhaseKernelAndNoise) {
  const auto clean = textured({241, 260});
  for (const std::int64_t factor : {2, 3, 4})
    for (const std::int64_t phase : {std::int64_t{0}, factor - 1}) {
      const auto degraded = degrade(clean.view(), {.blur_sigma = 1.4, .blur_size = 13, .downscale = factor, .phase = phase,
                                                   .noise_sigma = 1, .seed = 4});
      const auto found = identify_downscaled(degraded, clean);
      EXPECT_EQ(found.downscale.factor, factor);
      EXPECT_EQ(found.downscale.row_phase, phase) << factor;
      EXPECT_EQ(found.downscale.col_phase, phase) << factor;
      EXPECT_NEAR(found.centroid_down, 0, 0.15);
      EXPECT_NEAR(found.centroid_across, 0, 0.15);
      EXPECT_NEAR(found.blur_sigma(), 1.4, 0.15);
      EXPECT_NEAR(found.gain, 1, 0.02);
      EXPECT_NEAR(255 * found.noise.sigma, 1, 0.12);
    }
}

// The mean of 2 x 2 pixels looks at a place between them: half a pixel is left in the kernel.
TEST(IdentifyDownscaled, LeavesTheRestOfThePhaseInTheKernel) {
  const auto clean = textured({160, 180});
  Section degraded(SampleType::float32, 1, {80, 90});
  for (std::int64_t r = 0; r < 80; ++r)
    for (std::int64_t c = 0; c < 90; ++c) {
      const float* at = clean.samples<float>() + 2 * r * 180 + 2 * c;
      degraded.samples<float>()[r * 90 + c] = (at[0] + at[1] + at[180] + at[181]) / 4;
    }
  const auto found = identify_downscaled(degraded, clean);
  EXPECT_NEAR(static_cast<double>(found.downscale.row_phase) + found.centroid_down, 0.5, 0.01);
  EXPECT_NEAR(static_cast<double>(found.downscale.col_phase) + found.centroid_across, 0.5, 0.01);
}

TEST(IdentifyDownscaled, TellsTheFactorFromTheSizes) {
  EXPECT_EQ(downscale_factor({86, 86}, {256, 256}), 3);
  EXPECT_EQ(downscale_factor({85, 86}, {256, 256}), 3);
  EXPECT_EQ(downscale_factor({128, 64}, {256, 256}), 0);
  EXPECT_EQ(downscale_factor({256, 256}, {256, 256}), 0);
  EXPECT_EQ(message_of<FormatError>([] { identify_downscaled(scene({50, 50}), scene({256, 256})); }),
            "identify: degraded is 50 x 50, clean is 256 x 256; the clean one must be as large, or 2, 3 or 4 times as large");
}

}  // namespace
}  // namespace firstframe
