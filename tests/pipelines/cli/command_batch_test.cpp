// A batch as its user meets it: planned, run, looked at and merged, it gives the bytes of one process.

#include <gmock/gmock.h>

#include "tests/pipelines/cli/batch_fixture.h"

namespace firstframe {
namespace {

using testing::HasSubstr;

class CommandBatch : public BatchTest {};

TEST_F(CommandBatch, GivesTheBytesOfOneProcess) {
  make_volume(20);
  restore("volume.mha", "whole.mha", {"--residual", scratch / "removed.mha"});
  const auto planned = plan({"volume.mha"}, {"--shards", "7", "--residual-dir", scratch / "residuals"});
  EXPECT_EQ(planned.code, 0) << planned.err;
  EXPECT_THAT(planned.out, HasSubstr("20 sections of 1 input"));
  EXPECT_THAT(planned.out, HasSubstr("in 7 shards of 2 or 3 sections"));

  EXPECT_EQ(firstframe_command(batch("status")).code, 75);
  EXPECT_EQ(firstframe_command(batch("status", {"--missing"})).out, "0-6\n");
  ok(batch("run", {"--shard", "2"}));
  EXPECT_EQ(firstframe_command(batch("status", {"--missing"})).out, "0,1,3-6\n");
  EXPECT_EQ(firstframe_command(batch("status", {"--missing", "--lines"})).out, "0\n1\n3\n4\n5\n6\n");
  ok(batch("run", {"--shard", "6,3-4"}));  // in any order
  ok(batch("run", {"--shard", "all"}));
  EXPECT_THAT(ok(batch("status")), HasSubstr("7 shards, 7 finished"));
  EXPECT_THAT(ok(batch("run", {"--shard", "3"})), HasSubstr("shard 3: was finished"));

  EXPECT_THAT(ok(batch("merge")), HasSubstr("volume.mha: 20 sections"));
  expect_same("batch/volume.mha", "whole.mha");
  expect_same("residuals/volume.mha", "removed.mha");
  EXPECT_THAT(ok(batch("merge")), HasSubstr("was merged"));
}

TEST_F(CommandBatch, RunsShardsInWorkers) {
  make_volume(12);
  restore("volume.mha", "whole.mha");
  ASSERT_EQ(plan({"volume.mha"}, {"--shards", "4"}).code, 0);
  ok(batch("run", {"--shard", "all", "--workers", "2"}));
  ok(batch("merge", {"--remove-results"}));
  expect_same("batch/volume.mha", "whole.mha");
  EXPECT_EQ(results(), (std::vector<std::string>{"merge-0000.lock", "merged-0000.json"}));
  EXPECT_THAT(ok(batch("status")), HasSubstr("all outputs are there"));
}

TEST_F(CommandBatch, TakesTheShardFromTheScheduler) {
  make_volume(6);
  ASSERT_EQ(plan({"volume.mha"}, {"--shards", "3"}).code, 0);
  ::setenv("SGE_TASK_ID", "3", 1);
  const auto run = firstframe_command(batch("run", {"--shard", "auto", "--progress", "json"}));
  ::unsetenv("SGE_TASK_ID");
  EXPECT_EQ(run.code, 0) << run.err;
  const auto line = nlohmann::json::parse(run.err.substr(0, run.err.find('\n')));
  EXPECT_EQ(line["event"], "began");
  EXPECT_EQ(line["shard"], 2);
  EXPECT_EQ(line["restart"], 0);
  EXPECT_FALSE(line["host"].get<std::string>().empty());
  EXPECT_EQ(status()["array"], "0,1");
}

}  // namespace
}  // namespace firstframe
