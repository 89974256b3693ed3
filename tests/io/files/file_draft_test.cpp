#include "io/files/file_draft.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "io/files/file_bytes.h"
#include "tests/io/temp_folder.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(FileDraft, AppearsUnderItsNameOnlyWhenPublished) {
  const TempFolder folder;
  FileDraft draft(folder / "a.png");
  put(draft.path(), "whole");
  EXPECT_FALSE(fs::exists(folder / "a.png"));
  draft.publish();
  EXPECT_EQ(content_of(folder / "a.png"), "whole");
  EXPECT_THAT(folder.names(), ElementsAre("a.png"));
}

TEST(FileDraft, LiesBesideItsNameWithTheSameEnding) {
  const TempFolder folder;
  const FileDraft draft(folder / "a.tiff");
  EXPECT_EQ(draft.path().parent_path(), folder.path());
  EXPECT_EQ(draft.path().extension(), ".tiff");
  EXPECT_THAT(draft.path().filename().string(), testing::StartsWith(".a.tiff."));
}

TEST(FileDraft, LeavesWhatStoodThereWhenNotPublished) {
  const TempFolder folder;
  put(folder / "a.png", "old");
  {
    const FileDraft draft(folder / "a.png");
    put(draft.path(), "half");
  }
  EXPECT_EQ(content_of(folder / "a.png"), "old");
  EXPECT_THAT(folder.names(), ElementsAre("a.png"));
}

TEST(FileDraft, KeepsThePermissionsOfTheFileItReplaces) {
  const TempFolder folder;
  put(folder / "a.png", "old");
  fs::permissions(folder / "a.png", fs::perms::owner_read | fs::perms::owner_write);
  FileDraft draft(folder / "a.png");
  draft.publish();
  EXPECT_EQ(fs::status(folder / "a.png").permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST(FileDraft, ReplacesTheFileBehindALink) {
  const TempFolder folder;
  fs::create_directory(folder / "elsewhere");
  put(folder / "elsewhere/a.png", "old");
  fs::create_symlink("elsewhere/a.png", folder / "latest.png");
  FileDraft draft(folder / "latest.png");
  put(draft.path(), "new");
  draft.publish();
  EXPECT_TRUE(fs::is_symlink(folder / "latest.png"));
  EXPECT_EQ(content_of(folder / "elsewhere/a.png"), "new");
}

TEST(FileDraft, TakesNamesAsLongAsTheyMayBe) {
  const TempFolder folder;
  const auto name = std::string(251, 'n') + ".png";
  FileDraft draft(folder / name);
  draft.publish();
  EXPECT_THAT(folder.names(), ElementsAre(name));
}

TEST(FileDraft, NamesTheFolderThatIsMissing) {
  const TempFolder folder;
  EXPECT_EQ(message_of<OutputError>([&] { FileDraft(folder / "no/a.png"); }),
            (folder / "no/a.png").string() + ": the folder " + (folder / "no").string() +
                " does not exist; make it first");
}

TEST(FileDraft, SaysWhyAPlaceIsNotWritable) {
  const TempFolder folder;
  put(folder / "file", "");
  EXPECT_EQ(message_of<OutputError>([&] { FileDraft(folder / "file/a.png"); }),
            (folder / "file/a.png").string() + ": cannot be written: Not a directory");
}

TEST(FileDraft, DoesNotReplaceDevicesAndFolders) {
  EXPECT_EQ(message_of<OutputError>([] { FileDraft("/dev/null"); }),
            "/dev/null: is no regular file and is not replaced; give the name of a file");
  const TempFolder folder;
  EXPECT_THAT(message_of<OutputError>([&] { FileDraft{folder.path()}; }),
              HasSubstr(": is a folder and is not"));
}

TEST(WriteBytes, SaysThatTheDiskIsFull) {
  const SmallDisk disk("64k");
  FIRSTFRAME_SKIP_UNLESS_MOUNTED(disk);
  put(disk.folder() / "a.bin", "old");
  const std::vector<std::byte> much(1 << 20);
  const auto write = [&] {
    FileDraft draft(disk.folder() / "a.bin");
    write_bytes(draft.path(), much, draft.target());
    draft.publish();
  };
  EXPECT_EQ(message_of<OutputError>(write),
            (disk.folder() / "a.bin").string() + ": cannot be written: No space left on device");
  EXPECT_THAT(disk.folder().names(), ElementsAre("a.bin"));
  EXPECT_EQ(content_of(disk.folder() / "a.bin"), "old");
}

TEST(ReadBytes, GivesTheWholeFileOrItsBeginning) {
  const TempFolder folder;
  const std::string content(200'000, 'x');
  put(folder / "a", content);
  EXPECT_EQ(read_bytes(folder / "a").size(), content.size());
  EXPECT_EQ(read_bytes(folder / "a", 10).size(), 10u);
}

TEST(ReadBytes, ReadsFilesThatDoNotTellTheirSize) {
  EXPECT_THAT(read_bytes("/proc/self/status"), Not(IsEmpty()));
}

}  // namespace
}  // namespace firstframe
