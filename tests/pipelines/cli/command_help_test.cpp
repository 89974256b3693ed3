// Help is made from the settings table, so a user reads the same everywhere.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/text.h"
#include "core/settings/setting_table.h"
#include "tests/support/command.h"

namespace firstframe {
namespace {

using testing::HasSubstr;

// Help is wrapped to the terminal; words are compared without their line breaks.
std::string unwrapped(const std::string& help) {
  std::string joined;
  for (const char letter : help) {
    const bool is_space = letter == ' ' || letter == '\n';
    if (is_space && (joined.empty() || joined.back() == ' ')) continue;
    joined += is_space ? ' ' : letter;
  }
  return joined;
}

TEST(CommandHelp, ListsEverySettingWithItsRangeAndDefault) {
  const auto train = unwrapped(firstframe_command({"train", "--help"}).out);
  const auto restore = unwrapped(firstframe_command({"restore", "--help"}).out);
  for (const auto& setting : setting_table()) {
    const auto flag = text("--", setting.name, " ");
    const auto help = unwrapped(text(setting.blurb, " (", accepted_by(setting), "; default ", text_of(setting.default_value()), ")"));
    if (setting.trains) {
      EXPECT_THAT(train, HasSubstr(flag));
      EXPECT_THAT(train, HasSubstr(help));
    }
    if (setting.restores) {
      EXPECT_THAT(restore, HasSubstr(flag));
      EXPECT_THAT(restore, HasSubstr(help));
    }
  }
}

TEST(CommandHelp, NamesEverySubcommandAndTheExitCodes) {
  const auto result = firstframe_command({"--help"});
  EXPECT_EQ(result.code, 0);
  for (const std::string command : {"train", "restore", "measure", "degrade", "synth", "average", "inspect", "doctor", "reproduce", "batch", "bench", "Exit codes"})
    EXPECT_THAT(result.out, HasSubstr(command));
}

TEST(CommandHelp, TellsHowABatchGoes) {
  const auto help = unwrapped(firstframe_command({"batch", "--help"}).out);
  for (const std::string word : {"plan", "run", "status", "merge", "pipelines/batch", "75"}) EXPECT_THAT(help, HasSubstr(word));
  const auto run = unwrapped(firstframe_command({"batch", "run", "--help"}).out);
  for (const std::string word : {"SLURM_ARRAY_TASK_ID", "SGE_TASK_ID", "PARALLEL_SEQ", "JOB_COMPLETION_INDEX", "--retries", "--workers"})
    EXPECT_THAT(run, HasSubstr(word));
  EXPECT_EQ(firstframe_command({"batch"}).code, 64);
}

TEST(CommandHelp, SaysItsVersion) {
  EXPECT_THAT(firstframe_command({"--version"}).out, testing::StartsWith("firstframe "));
}

}  // namespace
}  // namespace firstframe
