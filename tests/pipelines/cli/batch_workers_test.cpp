// What becomes of workers' exit codes. The worker is this program, started again: it ends with the shard's number as its code.

#include "pipelines/cli/batch_workers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <stdexcept>
#include <string>

#include "core/base/error.h"

namespace firstframe {
namespace {

using testing::UnorderedElementsAre;

WorkerOutcome outcome_of(const std::vector<std::int64_t>& codes) {
  return run_workers("folder", codes, {.workers = 1, .retries = 0, .arguments = {}}, {});
}

// Each worker costs the time that this program's libraries take to load, so there are few of them.
TEST(BatchWorkers, TellTheWorstCodeAndNotTheFirst) {
  const auto bad = outcome_of({75, 65, 0});  // no use in trying again
  EXPECT_EQ(bad.worst, 65);
  EXPECT_THAT(bad.failed, UnorderedElementsAre(75, 65));
  EXPECT_EQ(bad.finished, 1);
  EXPECT_EQ(outcome_of({65, 70}).worst, 70);
}

TEST(BatchWorkers, EndTheCommandWithThatCode) {
  const auto thrown = [](int code) {
    WorkerOutcome outcome;
    outcome.worst = code;
    throw_worst(outcome, "why");
  };
  EXPECT_THROW(thrown(64), ArgumentError);
  EXPECT_THROW(thrown(65), FormatError);
  EXPECT_THROW(thrown(69), DeviceError);
  EXPECT_THROW(thrown(73), OutputError);
  EXPECT_THROW(thrown(75), Cancelled);
  try {
    thrown(70);
  } catch (const std::runtime_error& error) {  // the command ends with 70 for what is no Error
    EXPECT_EQ(dynamic_cast<const Error*>(&error), nullptr);
  }
}

}  // namespace
}  // namespace firstframe

int main(int argc, char** argv) {
  if (argc == 6 && std::string(argv[1]) == "batch")
    return std::atoi(argv[5]);  // batch run FOLDER --shard CODE
  testing::InitGoogleMock(&argc, argv);
  return RUN_ALL_TESTS();
}
