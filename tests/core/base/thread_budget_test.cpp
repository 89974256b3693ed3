#include "core/base/thread_budget.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "core/base/error.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

class ThreadBudget : public testing::Test {
 protected:
  void SetUp() override {
    unsetenv("SLURM_CPUS_PER_TASK");
    unsetenv("OMP_NUM_THREADS");
  }
  void TearDown() override { SetUp(); }
};

TEST_F(ThreadBudget, IsWhatWasAskedFor) { EXPECT_EQ(thread_budget(3), 3); }

TEST_F(ThreadBudget, OfZeroIsEveryProcessorThereIs) { EXPECT_GE(thread_budget(0), 1); }

TEST_F(ThreadBudget, OfZeroStaysWithinASlurmTask) {
  setenv("SLURM_CPUS_PER_TASK", "1", 1);
  EXPECT_EQ(thread_budget(0), 1);
}

TEST_F(ThreadBudget, OfZeroHonoursOpenMp) {
  setenv("OMP_NUM_THREADS", "1", 1);
  EXPECT_EQ(thread_budget(0), 1);
}

TEST_F(ThreadBudget, OverlooksAnEnvironmentThatSaysNothing) {
  const int all = thread_budget(0);
  setenv("SLURM_CPUS_PER_TASK", "many", 1);
  EXPECT_EQ(thread_budget(0), all);
}

TEST_F(ThreadBudget, IsNotRaisedByTheEnvironment) {
  const int all = thread_budget(0);
  setenv("OMP_NUM_THREADS", "1000", 1);
  EXPECT_EQ(thread_budget(0), all);
}

TEST_F(ThreadBudget, NamesTheNumberItRefuses) {
  EXPECT_EQ(message_of<ArgumentError>([] { thread_budget(-1); }),
            "threads: -1 is not accepted; use 1..1024, or 0 for all");
  EXPECT_EQ(message_of<ArgumentError>([] { thread_budget(1025); }),
            "threads: 1025 is not accepted; use 1..1024, or 0 for all");
}

}  // namespace
}  // namespace firstframe
