#include "core/base/processor.h"

#include <gtest/gtest.h>

namespace firstframe {
namespace {

TEST(Processor, HasNoFeatureThatNobodyEverBuilt) { EXPECT_FALSE(processor_has("quantum")); }

#ifdef __x86_64__
TEST(Processor, IsAskedForWholeNames) {
  EXPECT_TRUE(processor_has("sse2"));   // every 64-bit one has it
  EXPECT_FALSE(processor_has("sse4"));  // the flags are sse4_1 and sse4_2
}
#endif

}  // namespace
}  // namespace firstframe
