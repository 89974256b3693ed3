#include "core/degradation/kernel.h"

#include <gtest/gtest.h>

#include <numeric>

#include "core/base/error.h"
#include "core/degradation/blur.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

TEST(Kernel, NamesAGaussianByItsSigmaAndSize) {
  const auto kernel = kernel_named("gaussian:1.6:25");
  const auto line = gaussian_kernel(1.6, 25);
  ASSERT_EQ(kernel.size, 25);
  EXPECT_FLOAT_EQ(kernel.at(0, 0), line[12] * line[12]);
  EXPECT_FLOAT_EQ(kernel.at(-2, 3), line[10] * line[15]);
  EXPECT_NEAR(std::accumulate(kernel.taps.begin(), kernel.taps.end(), 0.0), 1, 1e-5);
}

TEST(Kernel, GivesAGaussianWithoutSizeRoomForFourSigma) { EXPECT_EQ(kernel_named("gaussian:1.6").size, 15); }

TEST(Kernel, NamesABox) {
  const auto kernel = kernel_named("box:3");
  EXPECT_EQ(kernel.size, 3);
  EXPECT_FLOAT_EQ(kernel.at(1, -1), 1.0f / 9);
}

TEST(Kernel, RefusesWhatItDoesNotKnow) {
  for (const auto* wrong : {"", "gaussian", "gaussian:", "gaussian:0", "gaussian:-1", "gaussian:1:4", "gaussian:1:2:3", "box:0",
                            "box:3.5", "box:2", "box:999", "motion:3", "gaussian:nan"})
    EXPECT_THROW(kernel_named(wrong), ArgumentError) << wrong;
  EXPECT_EQ(message_of<ArgumentError>([] { kernel_named("box:2"); }),
            "kernel 'box:2' is not accepted; use gaussian:SIGMA, gaussian:SIGMA:SIZE or box:SIZE, SIZE odd, 1..255");
}

}  // namespace
}  // namespace firstframe
