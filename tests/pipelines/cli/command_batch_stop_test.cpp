// Signals: exit code 75, and what is done is kept.

#include <gmock/gmock.h>

#include "tests/pipelines/cli/batch_fixture.h"

namespace firstframe {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class CommandBatch : public BatchTest {};

// The section that is begun is finished and kept, and so is what was done before.
TEST_F(CommandBatch, StopsAfterTheSectionAndGoesOn) {
  make_volume(100, {"--restorer", "unet", "--steps", "2"});
  restore("volume.mha", "whole.mha");
  ASSERT_EQ(plan({"volume.mha"}, {"--shards", "2", "--device", "cpu"}).code, 0);
  std::vector<std::string> before;
  // A draft of its own with sections in it: by then the command listens for signals.
  const auto has_begun = [&] {
    for (const auto& name : results())
      if (name.find(".part.") != name.npos && std::find(before.begin(), before.end(), name) == before.end() &&
          fs::file_size(scratch / ("batch/shards/" + name)) > 3 * kCols * kRows * 2)
        return true;
    return false;
  };
  for (const int signal : {SIGTERM, SIGUSR1, SIGINT}) {
    before = results();
    const auto stopped = firstframe_command(batch("run", {"--shard", "all"}), signal, [&] { wait_until(has_begun); });
    ASSERT_EQ(stopped.code, 75) << stopped.err;
    EXPECT_THAT(stopped.err, HasSubstr("shards finished; what is begun is kept, run again to go on"));
    EXPECT_EQ(firstframe_command(batch("merge")).code, 75);
  }
  EXPECT_THAT(ok(batch("run", {"--shard", "all"})), HasSubstr("taken over from a run that was stopped"));
  ok(batch("merge"));
  expect_same("batch/volume.mha", "whole.mha");
}

}  // namespace
}  // namespace firstframe
