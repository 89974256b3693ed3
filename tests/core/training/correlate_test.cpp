#include "core/training/correlate.h"

#include <gtest/gtest.h>

namespace firstframe {
namespace {

TEST(Correlate, GivesWhatAConvolutionLayerGives) {
  torch::manual_seed(1);
  for (const std::int64_t size : {1, 3, 25}) {
    const auto picture = torch::rand({47, 62});
    const auto kernels = torch::randn({2, size, size});
    const auto expected = torch::conv2d(picture.reshape({1, 1, 47, 62}), kernels.unsqueeze(1))[0];
    EXPECT_TRUE(torch::allclose(correlate(picture, kernels), expected, 1e-3, 1e-3)) << size;
  }
}

}  // namespace
}  // namespace firstframe
