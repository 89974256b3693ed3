#include "core/training/pair_hash.h"

#include <gtest/gtest.h>

#include "tests/core/support/sections.h"

namespace firstframe {
namespace {

TrainingPair pair() { return {ramp(SampleType::uint8, 1, {2, 3}), ramp(SampleType::uint8, 1, {2, 3})}; }

TEST(PairHash, IsTheSameForTheSamePixels) {
  EXPECT_EQ(pair_hash(pair()), pair_hash(pair()));
  EXPECT_EQ(pair_hash(pair()).size(), std::string("fnv1a64:0123456789abcdef").size());
  EXPECT_TRUE(pair_hash(pair()).starts_with("fnv1a64:"));
}

TEST(PairHash, ChangesWithOneBitOfEither) {
  auto degraded = pair(), clean = pair();
  degraded.degraded.samples<std::uint8_t>()[4] ^= 1;
  clean.clean.samples<std::uint8_t>()[4] ^= 1;
  EXPECT_NE(pair_hash(degraded), pair_hash(pair()));
  EXPECT_NE(pair_hash(clean), pair_hash(pair()));
  EXPECT_NE(pair_hash(clean), pair_hash(degraded));
}

TEST(PairHash, TellsAPictureFromTheSameBytesInAnotherShape) {
  EXPECT_NE(pair_hash(pair()),
            pair_hash({ramp(SampleType::uint8, 1, {3, 2}), ramp(SampleType::uint8, 1, {3, 2})}));
}

}  // namespace
}  // namespace firstframe
