#include "core/degradation/blur.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "core/base/error.h"
#include "tests/core/support/sections.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

// Every weight of the two-dimensional kernel at every pixel.
std::vector<double> blurred_slowly(const Section& section, const std::vector<double>& kernel, Border border) {
  const auto [rows, cols] = section.extent();
  const auto reach = static_cast<std::int64_t>(kernel.size()) / 2;
  std::vector<double> result;
  for (std::int64_t channel = 0; channel < section.channels(); ++channel)
    for (std::int64_t r = 0; r < rows; ++r)
      for (std::int64_t c = 0; c < cols; ++c) {
        double sum = 0;
        for (auto y = -reach; y <= reach; ++y)
          for (auto x = -reach; x <= reach; ++x)
            sum += kernel[y + reach] * kernel[x + reach] *
                   section.samples<float>()[(channel * rows + border_index(r + y, rows, border)) * cols +
                                            border_index(c + x, cols, border)];
        result.push_back(sum);
      }
  return result;
}

TEST(Blur, IsWhatTheObviousLoopGivesAtEveryBorder) {
  const auto kernel = gaussian_kernel(1.6, 7);
  for (const auto border : {Border::reflect, Border::circular, Border::replicate})
    for (const Extent extent : {Extent{9, 13}, {2, 5}, {1, 20}}) {  // also smaller than the kernel
      auto section = scramble(SampleType::float32, 2, extent);
      const auto expected = blurred_slowly(section, kernel, border);
      blur(section, kernel, border);
      for (std::size_t i = 0; i < expected.size(); ++i)
        ASSERT_NEAR(section.samples<float>()[i], expected[i], 1e-6)
            << name_of(border) << " " << name_of(extent);
    }
}

TEST(Blur, AtACircularBorderKeepsTheMean) {
  auto section = scramble(SampleType::float32, 1, {16, 16});
  const auto mean = [&] {
    return std::accumulate(section.samples<float>(), section.samples<float>() + 256, 0.0);
  };
  const double before = mean();
  blur(section, gaussian_kernel(2, 11), Border::circular);
  EXPECT_NEAR(mean(), before, 1e-3);
}

TEST(GaussianKernel, SumsToOneAndFallsByItsFormula) {
  const auto kernel = gaussian_kernel(1.6, 25);
  EXPECT_NEAR(std::accumulate(kernel.begin(), kernel.end(), 0.0), 1, 1e-12);
  for (int i = 0; i < 25; ++i) {
    EXPECT_NEAR(kernel[i] / kernel[12], std::exp(-(i - 12) * (i - 12) / (2 * 1.6 * 1.6)), 1e-12);
    EXPECT_EQ(kernel[i], kernel[24 - i]);
  }
}

TEST(GaussianKernel, OfOneWeightChangesNothing) {
  EXPECT_EQ(gaussian_kernel(3, 1), (std::vector<double>{1}));
}

TEST(GaussianKernel, NamesWhatItRefuses) {
  EXPECT_EQ(message_of<ArgumentError>([] { gaussian_kernel(1, 4); }),
            "blur: kernel size 4 is not accepted; use an odd number");
  EXPECT_EQ(message_of<ArgumentError>([] { gaussian_kernel(1, -3); }),
            "blur: kernel size -3 is not accepted; use an odd number");
  EXPECT_EQ(message_of<ArgumentError>([] { gaussian_kernel(0, 5); }),
            "blur: sigma 0 is not accepted; use more than 0 pixels");
}

}  // namespace
}  // namespace firstframe
