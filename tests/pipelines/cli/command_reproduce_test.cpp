// An experiment as the command runs it: what it prints, where it writes, how it fails and stops.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/picture/picture.h"
#include "tests/support/command.h"
#include "tests/support/scenes.h"

namespace firstframe {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

class CommandReproduce : public testing::Test {
 protected:
  void SetUp() override {
    fs::create_directory(scratch / "set11");
    for (const std::string name : {"butterfly", "parrots", "starfish"})
      write_picture(scratch / ("set11/" + name + ".tif"), scene({96, 96}).view());
  }
  CommandResult reproduce(std::vector<std::string> arguments, int signal = 0, double after_seconds = 0) {
    arguments.insert(arguments.begin(), {"reproduce"});
    arguments.insert(arguments.end(), {"--data", scratch.path().string(), "--out", scratch / "out", "--quick"});
    return firstframe_command(arguments, signal, after_seconds);
  }
  ScratchFolder scratch;
};

TEST_F(CommandReproduce, PrintsWhereThePageIsAndALineARow) {
  const auto result = reproduce({"table2", "--rows", "bicubic,linear", "--commit", "0123abc"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(result.out, scratch / "out/table2.md" + std::string("\n"));
  EXPECT_THAT(result.err, testing::ContainsRegex("^table2 1/8 bicubic; Set11: bicubic, aligned [0-9.]+ dB\ntable2 2/8 linear; "));
  std::ifstream file(scratch / "out/table2.md");
  const std::string page(std::istreambuf_iterator<char>(file), {});
  EXPECT_THAT(page, HasSubstr("`firstframe reproduce table2 --data DATA --quick`"));
  EXPECT_THAT(page, HasSubstr("commit 0123abc"));
}

TEST_F(CommandReproduce, SaysHowManyStepsWereAskedFor) {
  const auto result = reproduce({"table2", "--rows", "bicubic", "--steps", "7"});
  EXPECT_EQ(result.code, 0) << result.err;
  std::ifstream file(scratch / "out/table2.md");
  const std::string page(std::istreambuf_iterator<char>(file), {});
  EXPECT_THAT(page, HasSubstr("`firstframe reproduce table2 --data DATA --steps 7 --quick`"));
  EXPECT_EQ(reproduce({"table2", "--rows", "bicubic", "--steps", "-1"}).code, 64);
}

TEST_F(CommandReproduce, SaysWhatIsMissing) {
  const auto no_bsd = reproduce({"table1"});
  EXPECT_EQ(no_bsd.code, 65);
  EXPECT_THAT(no_bsd.err, HasSubstr("/bsd is missing; the data folder must hold set11/*.tif"));
  EXPECT_EQ(reproduce({"table9"}).code, 64);
  EXPECT_EQ(reproduce({"table2", "--rows", "bucubic"}).code, 64);
  std::ofstream(scratch / "out") << "a file";
  EXPECT_EQ(reproduce({"table2", "--rows", "bicubic"}).code, 73);
}

TEST_F(CommandReproduce, KeepsFinishedRowsWhenItIsInterrupted) {
  const auto result = reproduce({"table3", "--rows", "linear-0,pnp"}, SIGINT, 3);
  EXPECT_EQ(result.code, 75) << result.err;
  EXPECT_THAT(result.err, HasSubstr("table3 1/14 linear-0"));
  EXPECT_TRUE(fs::exists(scratch / "out/table3.json"));
  for (const auto& entry : fs::directory_iterator(scratch / "out")) EXPECT_NE(entry.path().extension(), ".part");
}

}  // namespace
}  // namespace firstframe
