#include "core/base/machine.h"

#include <gtest/gtest.h>

namespace firstframe {
namespace {

TEST(Machine, IsDescribedAndMeasured) {
  const auto machine = inspect_machine();
  EXPECT_FALSE(machine.torch_version.empty());
  EXPECT_FALSE(machine.cpu_capability.empty());
  EXPECT_NE(machine.cpu_capability, "unknown");
  EXPECT_GE(machine.threads, 1);
  EXPECT_GT(machine.matmul_gflops, 0);
}

TEST(Machine, DoesNotComputeOnTheReferenceBlas) {
  const auto machine = inspect_machine();
  EXPECT_FALSE(machine.has_reference_blas) << machine.blas_library;
}

}  // namespace
}  // namespace firstframe
