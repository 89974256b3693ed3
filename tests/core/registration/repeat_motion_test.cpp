#include "core/registration/repeat_motion.h"

#include <gtest/gtest.h>

namespace firstframe {
namespace {

TEST(CoveredBy, IsTheWholeFrameWithoutMotion) { EXPECT_EQ(covered_by({48, 64}, {}), (Region{0, 0, 48, 64})); }

TEST(CoveredBy, LosesTheRowsThatMovedOutOfTheFrame) {
  EXPECT_EQ(covered_by({48, 64}, {2, 0}), (Region{0, 0, 46, 64}));
  EXPECT_EQ(covered_by({48, 64}, {-2, 3}), (Region{2, 0, 46, 61}));
}

TEST(CoveredBy, LosesAPixelThatIsCoveredInPart) {
  EXPECT_EQ(covered_by({48, 64}, {0.25, -1.5}), (Region{0, 2, 47, 62}));
}

TEST(CoveredBy, IsEmptyWhenNothingIsShared) { EXPECT_EQ(covered_by({48, 64}, {60, 0}).rows, 0); }

}  // namespace
}  // namespace firstframe
