#include "core/tiling/upsampled_input.h"

#include <gtest/gtest.h>

#include "tests/core/support/sections.h"

namespace firstframe {
namespace {

ModelInfo info_of_scale(std::int64_t scale) {
  ModelInfo info;
  info.scale = scale;
  info.row_phase = 1;
  info.col_phase = 0.5;
  info.border = Border::circular;
  return info;
}

TEST(RestoredExtent, IsAsManyTimesLargerAsTheScaleSays) {
  EXPECT_EQ(restored_extent(ModelInfo{}, {5, 7}), (Extent{5, 7}));
  EXPECT_EQ(restored_extent(info_of_scale(3), {5, 7}), (Extent{15, 21}));
}

TEST(UpsampledInput, IsUpsampledWithTheModelsPhasesAndBorder) {
  const auto degraded = scramble(SampleType::uint8, 3, {11, 14});
  EXPECT_TRUE(same_bytes(upsampled_input(info_of_scale(2), degraded.view()),
                         upsampled(degraded.view(), {2, 1, 0.5}, {22, 28}, Border::circular)));
}

TEST(UpsampledInput, IsTheSameForAnyNumberOfThreads) {
  const auto degraded = scramble(SampleType::uint8, 3, {61, 70});
  const auto one = upsampled_input(info_of_scale(3), degraded.view(), 1);
  for (const int threads : {2, 3, 0})
    EXPECT_TRUE(same_bytes(upsampled_input(info_of_scale(3), degraded.view(), threads), one)) << threads;
}

}  // namespace
}  // namespace firstframe
