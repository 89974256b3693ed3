// What can go wrong in a night, each with its exit code and a sentence that says what to do.

#include <gmock/gmock.h>
#include <sys/mount.h>

#include "tests/pipelines/cli/batch_fixture.h"

namespace firstframe {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class CommandBatchRefusal : public BatchTest {
 protected:
  void SetUp() override { make_volume(8); }

  void planned(const std::vector<std::string>& more = {}) {
    std::vector<std::string> flags{"--shards", "4"};
    flags.insert(flags.end(), more.begin(), more.end());
    const auto result = plan({"volume.mha"}, flags);
    ASSERT_EQ(result.code, 0) << result.err;
  }

  static void expect_refused(const CommandResult& result, int code, const std::string& said) {
    EXPECT_EQ(result.code, code) << result.err;
    EXPECT_THAT(result.err, HasSubstr(said));
  }
  CommandResult run(const std::string& shard, std::vector<std::string> more = {"--retries", "0"}) {
    more.insert(more.begin(), {"--shard", shard});
    return firstframe_command(batch("run", more));
  }
  void edit(const std::string& file, std::int64_t at, const std::string& bytes) {
    std::fstream(scratch / file, std::ios::in | std::ios::out | std::ios::binary)
        .seekp(at)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }
};

TEST_F(CommandBatchRefusal, NamesWhatCannotBePlanned) {
  expect_refused(plan({"gone.mha"}), 65, "gone.mha: cannot be opened: No such file or directory");
  expect_refused(plan({"volume.mha"}, {"--shards", "9"}), 64,
                 "shards: 9 is not accepted; there are 8 sections, use 1..8");
  expect_refused(plan({"volume.mha"}, {"--shards", "2", "--sections-per-shard", "2"}), 64, "give one of them");
  expect_refused(plan({"volume.mha"}, {"--ending", ".xyz"}), 64, "volumes are not written with the ending \".xyz\"");
  expect_refused(plan({"volume.mha"}, {"--ending", "mha"}), 64, "use an ending with its dot");
  expect_refused(plan({"volume.mha"}, {"--residual-dir", scratch / "batch"}), 64, "give the two different folders");
  expect_refused(plan({"volume.mha", "volume.mha"}), 64, "would both be written as volume.mha");
  expect_refused(plan({"model.safetensors"}), 65, "model.safetensors");
  EXPECT_FALSE(fs::exists(scratch / "batch/batch.json"));
  // The input's own folder would take the output over the input.
  expect_refused(firstframe_command({"batch", "plan", "--model", scratch / "model.safetensors", scratch / "volume.mha",
                                     "--output-dir", scratch.path().string()}),
                 64, "is the input itself");
}

TEST_F(CommandBatchRefusal, WritesNothingOnADryRun) {
  const auto dry = plan({"volume.mha"}, {"--shards", "4", "--dry-run"});
  EXPECT_EQ(dry.code, 0) << dry.err;
  EXPECT_THAT(dry.out, HasSubstr("nothing was written"));
  EXPECT_FALSE(fs::exists(scratch / "batch"));
}

TEST_F(CommandBatchRefusal, AsksForAPlan) {
  for (const std::string what : {"status", "merge"})
    expect_refused(firstframe_command(batch(what)), 65, "holds no batch.json; `firstframe batch plan` makes one");
  expect_refused(run("0"), 65, "holds no batch.json");
}

TEST_F(CommandBatchRefusal, NamesShardsThatThereAreNot) {
  planned();
  expect_refused(run("4"), 64, "shard: 4 is not among the 4 shards of this batch; use 0..3");
  expect_refused(run("1-"), 64, "use a number, a list such as 2,6,9-12, auto or all");
  expect_refused(run("auto"), 64, "auto needs SLURM_ARRAY_TASK_ID");
  expect_refused(firstframe_command(batch("merge", {"--input", "1"})), 64, "input: 1 is not among the 1 inputs");
}

TEST_F(CommandBatchRefusal, KnowsAnInputThatHasChanged) {
  planned();
  EXPECT_EQ(run("0").code, 0);
  edit("volume.mha", 40000, "changed");
  expect_refused(run("1"), 65,
                 "volume.mha: has changed since the batch was planned: its content is another; plan again");
  EXPECT_EQ(status()["failed"], 1);
  EXPECT_THAT(firstframe_command(batch("status")).out, HasSubstr("shard 1 failed"));
  expect_refused(firstframe_command(batch("merge")), 75, "3 of 4 shards are not finished: 1-3");
}

TEST_F(CommandBatchRefusal, KnowsAPlanThatWasCutOrEdited) {
  planned();
  const auto content = bytes_of(scratch / "batch/batch.json");
  edit("batch/batch.json", static_cast<std::int64_t>(content.find("\"count\": 2")) + 9, "1");
  for (const std::string what : {"status", "merge"})
    expect_refused(firstframe_command(batch(what)), 65, "batch.json: was edited or damaged");
  expect_refused(run("0"), 65, "plan again with --replace, finished shards are kept");
  fs::resize_file(scratch / "batch/batch.json", content.size() / 2);
  expect_refused(run("0"), 65, "batch.json: is cut or no JSON");
  EXPECT_EQ(plan({"volume.mha"}, {"--shards", "4"}).code, 64);
  planned({"--replace"});  // as the message says
  EXPECT_EQ(bytes_of(scratch / "batch/batch.json"), content);
}

TEST_F(CommandBatchRefusal, GoesOnWithOtherShardsWhenAnInputIsBad) {
  fs::copy_file(scratch / "volume.mha", scratch / "bad.mha");
  ASSERT_EQ(plan({"bad.mha", "volume.mha"}, {"--shards", "4"}).code, 0);
  fs::remove(scratch / "bad.mha");
  const auto result = run("all", {"--retries", "1"});
  expect_refused(result, 65, "2 of 4 shards failed; the first because of:");
  EXPECT_THAT(result.err, HasSubstr("shard 0: try 1 failed, trying again"));
  EXPECT_EQ(status()["finished"], 2);
  EXPECT_EQ(status()["array"], "0,1");
}

// A disk of its own for the results, that fills or cannot be written to.
TEST_F(CommandBatchRefusal, SaysThatTheDiskIsFullOrReadOnly) {
  planned();
  restore("volume.mha", "whole.mha");
  const auto disk = scratch / "batch/shards";
  if (mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=48k") != 0) GTEST_SKIP() << "mounting a small disk needs root";
  const auto full = run("all", {"--retries", "1"});
  const auto full_in_workers = run("all", {"--retries", "0", "--workers", "2"});
  mount("tmpfs", disk.c_str(), "tmpfs", MS_REMOUNT, "size=8m");
  const auto then = run("0-2");
  mount("tmpfs", disk.c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, "size=8m");
  const auto read_only = run("3", {"--retries", "9"});  // no use in trying again
  mount("tmpfs", disk.c_str(), "tmpfs", MS_REMOUNT, "size=8m");
  const auto last = run("all");
  const auto merged = firstframe_command(batch("merge"));
  umount(disk.c_str());
  expect_refused(full, 73, "No space left on device; free some space and run again, what is done is kept");
  expect_refused(full_in_workers, 73, "these failed, as said above");
  EXPECT_EQ(then.code, 0) << then.err;
  expect_refused(read_only, 73, "0003.sections: cannot be written: Read-only file system");
  EXPECT_EQ(last.code, 0) << last.err;
  EXPECT_EQ(merged.code, 0) << merged.err;
  expect_same("batch/volume.mha", "whole.mha");
}

TEST_F(CommandBatchRefusal, MergesAnInputOnceAtATime) {
  planned();
  EXPECT_EQ(run("all").code, 0);
  const auto lock =
      run_program({"flock", "--nonblock", scratch / "batch/shards/merge-0000.lock",
                   std::string(FIRSTFRAME_BINARY_DIR) + "/bin/firstframe", "batch", "merge", scratch / "batch"});
  expect_refused(lock, 73, "another merge of input 0 is at work; wait for it or stop it");
  ok(batch("merge"));
}

}  // namespace
}  // namespace firstframe
