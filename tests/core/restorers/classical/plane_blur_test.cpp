#include "core/restorers/classical/plane_blur.h"

#include <gtest/gtest.h>

#include "core/frame/border.h"

namespace firstframe {
namespace {

// Neither symmetric nor separable, so that no turned or moved kernel can hide.
Kernel skew() { return {3, {0.1f, 0, 0.2f, 0, 0.3f, 0.15f, 0.25f, 0, 0}}; }

torch::Tensor blurred_slowly(const torch::Tensor& plane, const Kernel& kernel) {
  auto result = torch::zeros_like(plane);
  for (auto y = -kernel.reach(); y <= kernel.reach(); ++y)
    for (auto x = -kernel.reach(); x <= kernel.reach(); ++x)
      result += kernel.at(y, x) * torch::roll(plane, {-y, -x}, {0, 1});
  return result;
}

TEST(PlaneBlur, IsTheKernelAroundEveryPixelOfAPeriodicPlane) {
  const PlaneBlur blur(skew());
  for (const Extent extent : {Extent{12, 17}, {5, 8}, {2, 2}, {1, 1}}) {
    const auto plane = torch::rand({extent.rows, extent.cols});
    const auto blurred = plane_of(spectrum_of(plane) * blur.transfer(extent), extent);
    EXPECT_TRUE(torch::allclose(blurred, blurred_slowly(plane, skew()), 0, 1e-5)) << name_of(extent);
  }
}

TEST(PlaneBlur, KeepsTheTransferOfTheLastExtent) {
  const PlaneBlur blur(skew());
  const auto first = blur.transfer({12, 17});
  EXPECT_TRUE(blur.transfer({12, 17}).is_same(first));
  EXPECT_EQ(blur.transfer({17, 12}).size(0), 17);
  EXPECT_TRUE(torch::equal(blur.transfer({12, 17}), first));
}

}  // namespace
}  // namespace firstframe
