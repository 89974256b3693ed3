#include "core/restorers/filter_bank.h"

#include <gtest/gtest.h>

namespace firstframe {
namespace {

TEST(FilterBank, IsTheConvolutionItStandsFor) {
  auto generator = torch::make_generator<at::CPUGeneratorImpl>(3);
  for (const std::int64_t size : {1, 3, 5, 7, 9, 25, 31})
    for (const auto& extent : {std::pair{64, 64}, std::pair{41, 39}, std::pair{7, 90}}) {
      const auto frames = torch::rand({2, 1, extent.first, extent.second}, generator);
      const auto filters = torch::randn({3, 1, size, size}, generator);
      const auto expected = torch::conv2d(frames, filters, {}, 1, size / 2);
      EXPECT_TRUE(torch::allclose(filtered(frames, filters), expected, 1e-4, 1e-4))
          << size << " x " << size << " on " << extent.first << " x " << extent.second;
    }
}

}  // namespace
}  // namespace firstframe
