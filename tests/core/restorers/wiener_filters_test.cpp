#include "core/restorers/wiener_filters.h"

#include <gtest/gtest.h>

namespace firstframe {
namespace {

IdentifiedDegradation blur_and_noise(double blur, double noise) {
  IdentifiedDegradation degradation;
  if (blur > 0) degradation.kernel = gaussian_psf(blur, 15);
  degradation.noise.sigma = noise;
  return degradation;
}

torch::Tensor as_tensor(const Kernel& kernel) {
  return torch::tensor(at::ArrayRef<float>(kernel.taps)).reshape({1, 1, kernel.size, kernel.size});
}

// What a point looks like after the kernel and each filter.
torch::Tensor point_after(const IdentifiedDegradation& degradation) {
  auto point = torch::zeros({1, 1, 101, 101});
  point[0][0][50][50] = 1;
  const auto blurred = torch::conv2d(point, as_tensor(degradation.kernel), {}, 1, degradation.kernel.reach());
  return torch::conv2d(blurred, wiener_filters(degradation), {}, 1, kWienerSize / 2)[0];
}

TEST(WienerFilters, SharpenABlurredPointTheBoldOneMore) {
  const auto degradation = blur_and_noise(1.6, 1.4 / 255);
  const double blurred = degradation.kernel.at(0, 0);
  const auto sharpened = point_after(degradation);
  EXPECT_GT(sharpened[1][50][50].item<double>(), 1.4 * blurred);
  EXPECT_GT(sharpened[0][50][50].item<double>(), 1.2 * sharpened[1][50][50].item<double>());
}

TEST(WienerFilters, PutAPointBackWhereAOneSidedKernelTookIt) {
  IdentifiedDegradation degradation;
  degradation.kernel = {5, std::vector<float>(25, 0.0f)};
  for (const int col : {2, 3, 4}) degradation.kernel.taps[10 + col] = 1.0f / 3;  // smears along a row
  degradation.noise.sigma = 0.5 / 255;
  const auto bold = point_after(degradation)[0];
  EXPECT_EQ(bold.argmax().item<std::int64_t>(), 50 * 101 + 50);
}

TEST(WienerFilters, KeepAConstant) {
  const auto filters = wiener_filters(blur_and_noise(1.6, 0.01));
  EXPECT_TRUE(torch::allclose(filters.sum({1, 2, 3}), torch::ones({2}), 1e-4, 1e-4));
}

TEST(WienerFilters, AreLeftOutWhereNothingIsBlurred) {
  EXPECT_EQ(wiener_filters(blur_and_noise(0, 0.1)).size(0), 0);
}

}  // namespace
}  // namespace firstframe
