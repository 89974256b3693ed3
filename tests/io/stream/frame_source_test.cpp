#include "io/stream/frame_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "core/base/error.h"
#include "io/picture/picture.h"
#include "tests/io/sections.h"
#include "tests/io/temp_folder.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string refusal(const std::filesystem::path& path) {
  const auto message = message_of<FormatError>([&] { open_frames(path); });
  return message.starts_with(path.string()) ? message.substr(path.string().size()) : message;
}

TEST(OpenFrames, GivesAPictureAsOneFrame) {
  const TempFolder folder;
  const auto section = noise(SampleType::uint16, 1, {8, 6});
  write_picture(folder / "a.png", section.view());
  const auto source = open_frames(folder / "a.png", ValueRange{0, 4095});
  EXPECT_EQ(source->kind(), FrameSource::Kind::picture);
  EXPECT_EQ(source->count(), 1);
  EXPECT_EQ(source->rate(), 0);
  const auto frame = source->next();
  ASSERT_TRUE(frame);
  EXPECT_TRUE(is_same(frame->section, section));
  EXPECT_EQ(frame->section.range(), (ValueRange{0, 4095}));
  EXPECT_EQ(frame->name, "a.png");
  EXPECT_FALSE(source->next());
}

TEST(OpenFrames, GivesTheVisiblePicturesOfAFolderInOrderOfTheirNames) {
  const TempFolder folder;
  for (const auto* name : {"b.png", "a.tif", "10.png", ".a.png.1.part.png"})
    write_picture(folder / name, noise(SampleType::uint8, 1, {4, 4}).view());
  put(folder / "notes.txt", "not a picture");
  std::filesystem::create_directory(folder / "deeper.png");
  const auto source = open_frames(folder.path());
  EXPECT_EQ(source->kind(), FrameSource::Kind::folder);
  EXPECT_EQ(source->count(), 3);
  std::vector<std::string> names;
  while (const auto frame = source->next()) names.push_back(frame->name);
  EXPECT_THAT(names, ElementsAre("10.png", "a.tif", "b.png"));
}

TEST(OpenFrames, SaysThatAFileIsMissing) {
  EXPECT_EQ(message_of<MissingFileError>([] { open_frames("no/such.mkv"); }),
            "no/such.mkv: there is no such file or folder");
}

TEST(OpenFrames, SaysWhatAnEmptyFolderLacks) {
  const TempFolder folder;
  EXPECT_EQ(
      refusal(folder.path()),
      ": the folder holds no picture; files named .png, .jpg, .jpeg, .tif, .tiff, .bmp, .pgm or .ppm were "
      "looked for");
}

TEST(OpenFrames, RefusesFilesThatAreNeitherPictureNorVideo) {
  const TempFolder folder;
  put(folder / "empty.mkv", "");
  EXPECT_EQ(refusal(folder / "empty.mkv"), ": the file is empty; a picture or a video was expected");
  put(folder / "text.avi", "one two three");
  EXPECT_EQ(refusal(folder / "text.avi"), ": is neither a picture nor a video");
  put(folder / "list.m3u8", "#EXTM3U\n#EXTINF:10,\nhttp://localhost:1/a.ts\n");
  EXPECT_EQ(refusal(folder / "list.m3u8"), ": is neither a picture nor a video");
  put(folder / "binary.mp4", content_of("/proc/self/exe").substr(0, 50'000));
  EXPECT_EQ(refusal(folder / "binary.mp4"), ": is neither a picture nor a video that can be decoded");
  put(folder / "text.png", "one two three");
  EXPECT_EQ(refusal(folder / "text.png"), ": is no picture; PNG, JPEG, TIFF, BMP, PGM and PPM are accepted");
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  EXPECT_THAT(refusal(folder / "pipe"), HasSubstr(": is neither a file nor a folder"));
}

TEST(FolderSource, NamesThePictureItCannotRead) {
  const TempFolder folder;
  write_picture(folder / "1.png", noise(SampleType::uint8, 1, {4, 4}).view());
  put(folder / "2.png", "");
  const auto source = open_frames(folder.path());
  EXPECT_TRUE(source->next());
  EXPECT_THAT(message_of<FormatError>([&] { source->next(); }), HasSubstr("2.png: the file is empty"));
}

}  // namespace
}  // namespace firstframe
