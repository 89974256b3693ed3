#include "core/base/torch_threads.h"

#include <ATen/Parallel.h>
#include <gtest/gtest.h>

#include <thread>

namespace firstframe {
namespace {

TEST(TorchThreads, GivesTheFormerNumberBack) {
  const TorchThreads outer(2);
  {
    const TorchThreads one(1);
    EXPECT_EQ(at::get_num_threads(), 1);
  }
  EXPECT_EQ(at::get_num_threads(), 2);
}

TEST(TorchThreads, LeavesOtherThreadsAlone) {
  const TorchThreads outer(2);
  std::thread other([] { const TorchThreads one(1); });
  other.join();
  EXPECT_EQ(at::get_num_threads(), 2);
}

}  // namespace
}  // namespace firstframe
