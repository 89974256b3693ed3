#include "core/training/held_out.h"

#include <gtest/gtest.h>

namespace firstframe {
namespace {

TEST(HeldOut, KeepsTheLastColumnsOfAWideSection) {
  const auto split = split_held_out({100, 160}, 0.125, /*patch=*/48);
  EXPECT_EQ(split.training, (Region{0, 0, 100, 140}));
  EXPECT_EQ(split.stripe, (Region{0, 140, 100, 20}));
}

TEST(HeldOut, KeepsTheLastRowsOfATallSection) {
  const auto split = split_held_out({160, 100}, 0.125, /*patch=*/48);
  EXPECT_EQ(split.training, (Region{0, 0, 140, 100}));
  EXPECT_EQ(split.stripe, (Region{140, 0, 20, 100}));
}

TEST(HeldOut, KeepsNothingOutWhenToldSo) {
  const auto split = split_held_out({100, 160}, 0, /*patch=*/48);
  EXPECT_EQ(split.training, (Region{0, 0, 100, 160}));
  EXPECT_EQ(split.stripe, std::nullopt);
}

TEST(HeldOut, KeepsNothingOutWhenTheStripeWouldBeTooThin) {
  EXPECT_EQ(split_held_out({16, 63}, 0.125, /*patch=*/8).stripe, std::nullopt);  // 7 columns
  EXPECT_NE(split_held_out({16, 64}, 0.125, /*patch=*/8).stripe, std::nullopt);  // 8 columns
}

TEST(HeldOut, LeavesRoomForTwoPatchesToTrainOn) {
  EXPECT_NE(split_held_out({64, 64}, 0.25, /*patch=*/24).stripe, std::nullopt);  // 48 columns are left
  EXPECT_EQ(split_held_out({64, 64}, 0.25, /*patch=*/25).stripe, std::nullopt);
}

}  // namespace
}  // namespace firstframe
