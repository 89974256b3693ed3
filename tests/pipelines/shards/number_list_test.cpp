#include "pipelines/shards/number_list.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "core/base/error.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

using Numbers = std::vector<std::int64_t>;

TEST(NumberList, WritesWhatSchedulersTake) {
  EXPECT_EQ(list_of({}), "");
  EXPECT_EQ(list_of({4}), "4");
  EXPECT_EQ(list_of({2, 6, 9, 10, 11, 12}), "2,6,9-12");
  EXPECT_EQ(list_of({0, 1, 3, 4, 5}), "0,1,3-5");
}

TEST(NumberList, ReadsWhatItWrites) {
  for (const Numbers& numbers : {Numbers{4}, Numbers{2, 6, 9, 10, 11, 12}, Numbers{0, 1, 3, 4, 5}})
    EXPECT_EQ(numbers_of(list_of(numbers), 13), numbers);
  EXPECT_EQ(numbers_of("7,3-4,3", 8), (Numbers{3, 4, 7}));
}

TEST(NumberList, RefusesWhatIsNoListOrNoShard) {
  for (const std::string list : {"", "x", "1,", ",1", "3-1", "-1", "1-", "1 2", "1.5"})
    EXPECT_EQ(message_of<ArgumentError>([&] { numbers_of(list, 9); }),
              "shard: '" + list + "' is not accepted; use a number, a list such as 2,6,9-12, auto or all");
  EXPECT_EQ(message_of<ArgumentError>([] { numbers_of("3-9", 9); }),
            "shard: 9 is not among the 9 shards of this batch; use 0..8");
}

// The environment of a scheduler, for one test.
class NumberFromScheduler : public testing::Test {
 protected:
  static constexpr const char* kVariables[] = {"SLURM_ARRAY_TASK_ID", "SGE_TASK_ID", "PARALLEL_SEQ",
                                               "JOB_COMPLETION_INDEX"};
  void SetUp() override { clear(); }
  void TearDown() override { clear(); }
  static void clear() {
    for (const auto* variable : kVariables) ::unsetenv(variable);
  }
  static std::int64_t with(const char* variable, const char* value) {
    clear();
    ::setenv(variable, value, 1);
    return number_from_scheduler(10);
  }
};

TEST_F(NumberFromScheduler, CountsAsEachSchedulerDoes) {
  EXPECT_EQ(with("SLURM_ARRAY_TASK_ID", "0"), 0);
  EXPECT_EQ(with("SLURM_ARRAY_TASK_ID", "9"), 9);
  EXPECT_EQ(with("JOB_COMPLETION_INDEX", "4"), 4);
  EXPECT_EQ(with("SGE_TASK_ID", "1"), 0);
  EXPECT_EQ(with("SGE_TASK_ID", "10"), 9);
  EXPECT_EQ(with("PARALLEL_SEQ", "3"), 2);
}

TEST_F(NumberFromScheduler, RefusesWhatIsNoShard) {
  EXPECT_EQ(message_of<ArgumentError>([] { with("SGE_TASK_ID", "0"); }),
            "shard: SGE_TASK_ID=0 is not among the 10 shards of this batch; submit tasks 1..10");
  EXPECT_EQ(message_of<ArgumentError>([] { with("SLURM_ARRAY_TASK_ID", "10"); }),
            "shard: SLURM_ARRAY_TASK_ID=10 is not among the 10 shards of this batch; submit tasks 0..9");
  EXPECT_EQ(message_of<ArgumentError>([] { with("SGE_TASK_ID", "undefined"); }).substr(0, 17), "shard: auto needs");
}

// GNU parallel inside a task of Slurm: both are set, and only the user knows which is meant.
TEST_F(NumberFromScheduler, RefusesTwoThatDoNotAgree) {
  ::setenv("PARALLEL_SEQ", "7", 1);
  ::setenv("SLURM_ARRAY_TASK_ID", "6", 1);
  EXPECT_EQ(number_from_scheduler(10), 6);
  ::setenv("SLURM_ARRAY_TASK_ID", "3", 1);
  EXPECT_EQ(message_of<ArgumentError>([] { number_from_scheduler(10); }),
            "shard: SLURM_ARRAY_TASK_ID means shard 3 and PARALLEL_SEQ=7 means shard 6; give --shard K");
}

}  // namespace
}  // namespace firstframe
