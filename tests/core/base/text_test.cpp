#include "core/base/text.h"

#include <gtest/gtest.h>

namespace firstframe {
namespace {

TEST(Text, WritesItsArgumentsOneAfterAnother) { EXPECT_EQ(text("stride ", 80, ' ', 0.5), "stride 80 0.5"); }

}  // namespace
}  // namespace firstframe
