#include "io/files/file_print.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>

#include "core/base/error.h"
#include "tests/io/temp_folder.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

TEST(FilePrint, ChangesWithTheSizeAndTheTimeOfAFile) {
  const TempFolder folder;
  const auto file = folder / "a";
  std::ofstream(file) << "seven b";
  const auto before = print_of_files({file});
  EXPECT_THAT(before, HasSubstr("/a of 7 bytes, changed "));
  fs::last_write_time(file, fs::last_write_time(file) + std::chrono::seconds(1));
  EXPECT_NE(print_of_files({file}), before);
}

TEST(FilePrint, ChangesWithEveryFileOfMany) {
  const TempFolder folder;
  for (const auto* name : {"a", "b", "c"}) std::ofstream(folder / name) << name;
  const std::vector<fs::path> files{folder / "a", folder / "b", folder / "c"};
  const auto before = print_of_files(files);
  EXPECT_THAT(before, testing::StartsWith("3 files in "));
  std::ofstream(folder / "output") << "beside them";
  EXPECT_EQ(print_of_files(files), before) << "the folder's own time of change";
  std::ofstream(folder / "b") << "longer";
  EXPECT_NE(print_of_files(files), before);
}

TEST(FilePrint, NamesTheFileThatIsMissing) {
  const TempFolder folder;
  EXPECT_THAT(message_of<MissingFileError>([&] { print_of_files({folder / "none"}); }), HasSubstr("none: cannot be looked at"));
}

TEST(FilePrint, OfContentKnowsNoName) {
  const TempFolder folder;
  std::ofstream(folder / "a") << "same";
  std::ofstream(folder / "b") << "same";
  EXPECT_EQ(content_print(folder / "a"), content_print(folder / "b"));
  std::ofstream(folder / "b") << "Same";
  EXPECT_NE(content_print(folder / "a"), content_print(folder / "b"));
}

}  // namespace
}  // namespace firstframe
