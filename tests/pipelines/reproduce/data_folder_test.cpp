#include "pipelines/reproduce/data_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "tests/pipelines/reproduce/data.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(DataFolder, SaysWhichFolderOrPictureIsMissing) {
  const SmallData data;
  const auto nowhere = (data / "nowhere").string();
  EXPECT_THAT(message_of<MissingFileError>([&] { DataFolder(nowhere, true); }),
              StartsWith("reproduce: the data folder " + nowhere + " is missing; the data folder must hold set11/"));

  std::filesystem::remove(data / "set11/parrots.tif");
  EXPECT_THAT(message_of<MissingFileError>([&] { DataFolder(data.path(), true).set11(); }),
              HasSubstr("set11/parrots.tif is missing"));
  std::filesystem::remove_all(data / "bsd");
  EXPECT_THAT(message_of<MissingFileError>([&] { DataFolder(data.path(), true).bsd(); }),
              HasSubstr("/bsd is missing"));
}

TEST(DataFolder, CountsThePicturesOfBsdUnlessTheRunIsQuick) {
  const SmallData data;
  EXPECT_THAT(message_of<MissingFileError>([&] { DataFolder(data.path(), false).bsd(); }),
              HasSubstr("holds 2 pictures cbsd68_*.png, needed are 20"));
  EXPECT_EQ(DataFolder(data.path(), true).bsd().size(), 2u);
}

TEST(DataFolder, SeedsPicturesByTheirPlaceInTheWholeSet) {
  const SmallData data;
  const auto pictures = DataFolder(data.path(), true).set11();
  ASSERT_EQ(pictures.size(), 3u);
  EXPECT_EQ(pictures[0].name, "butterfly");
  EXPECT_EQ(pictures[0].seed, 2u);
  EXPECT_EQ(pictures[1].seed, 7u);
  EXPECT_EQ(pictures[2].seed, 11u);
}

}  // namespace
}  // namespace firstframe
