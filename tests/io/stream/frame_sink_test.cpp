#include "io/stream/frame_sink.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "io/picture/picture.h"
#include "tests/io/sections.h"
#include "tests/io/stream/video_files.h"
#include "tests/io/temp_folder.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
namespace fs = std::filesystem;

Frame a_frame(const std::string& name = "") { return {noise(SampleType::uint8, 3, {16, 16}), name}; }

template <typename Exception>
std::string refusal(const fs::path& path, const FrameSource& source, double rate = 25) {
  return message_of<Exception>([&] { open_sink(path, source, rate); });
}

TEST(PictureSink, ShowsThePictureWhenFinished) {
  const TempFolder folder;
  const auto sink = open_sink(folder / "a.png", a_picture());
  sink->write(a_frame());
  EXPECT_FALSE(fs::exists(folder / "a.png"));
  sink->finish();
  EXPECT_TRUE(is_same(read_picture(folder / "a.png"), a_frame().section));
  EXPECT_THAT(folder.names(), ElementsAre("a.png"));
}

TEST(PictureSink, RefusesAnotherFrameAndADepthThatDoesNotFit) {
  const TempFolder folder;
  {
    const auto sink = open_sink(folder / "a.jpg", a_picture());
    EXPECT_THAT(message_of<FormatError>([&] { sink->finish(); }), HasSubstr("no frame came"));
    EXPECT_THAT(message_of<FormatError>([&] {
                  sink->write({noise(SampleType::uint16, 1, {4, 4}), ""});
                }),
                HasSubstr("JPEG cannot hold uint16"));
    sink->write(a_frame());
    EXPECT_THAT(message_of<FormatError>([&] { sink->write(a_frame()); }), HasSubstr("a second one came"));
  }
  EXPECT_THAT(folder.names(), IsEmpty());
}

TEST(FolderSink, MakesTheFolderAndKeepsTheNames) {
  const TempFolder folder;
  const auto sink = open_sink(folder / "restored", a_folder());
  for (const auto* name : {"0001.png", "b.TIF", "photo.jpg"}) sink->write(a_frame(name));
  sink->finish();
  EXPECT_TRUE(is_same(read_picture(folder / "restored/0001.png"), a_frame().section));
  EXPECT_TRUE(
      is_same(read_picture(folder / "restored/photo.png"), a_frame().section));  // JPEG would lose quality
  EXPECT_TRUE(fs::exists(folder / "restored/b.TIF"));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder / "restored"), fs::directory_iterator()), 3);
}

TEST(FolderSink, NumbersTheFramesOfAVideo) {
  const TempFolder folder;
  const auto sink = open_sink(folder.path(), a_video());
  for (int i = 0; i < 3; ++i) sink->write(a_frame());
  sink->finish();
  EXPECT_THAT(folder.names(), ElementsAre("000000.png", "000001.png", "000002.png"));
}

TEST(FolderSink, TakesASinglePictureIntoAFolderThatExists) {
  const TempFolder folder;
  const auto sink = open_sink(folder.path(), a_picture());
  sink->write(a_frame("a.png"));
  sink->finish();
  EXPECT_THAT(folder.names(), ElementsAre("a.png"));
}

TEST(FolderSink, RefusesTwoFramesOfOneName) {
  const TempFolder folder;
  const auto sink = open_sink(folder.path(), a_folder());
  sink->write(a_frame("a.jpg"));
  EXPECT_EQ(message_of<FormatError>([&] { sink->write(a_frame("a.png")); }),
            (folder / "a.png").string() +
                ": two frames would get this name (.jpg frames are written as .png); rename one of them");
}

TEST(FolderSink, LeavesNoEmptyFolderBehind) {
  const TempFolder folder;
  open_sink(folder / "restored", a_folder());
  EXPECT_THAT(folder.names(), IsEmpty());
  EXPECT_THAT(message_of<FormatError>([&] { open_sink(folder / "restored/", a_folder())->finish(); }),
              HasSubstr("restored: no frame came"));
  EXPECT_THAT(folder.names(), IsEmpty());
}

TEST(FolderSink, SaysWhyAFolderCannotBeMade) {
  const TempFolder folder;
  EXPECT_THAT(refusal<OutputError>(folder / "no/restored", a_folder()),
              HasSubstr("no/restored: the folder cannot be made: No such file or directory"));
  put(folder / "file", "");
  EXPECT_THAT(refusal<OutputError>(folder / "file", a_folder()),
              HasSubstr("file: the folder cannot be made: "));
}

TEST(FolderSink, KeepsWholePicturesWhenTheDiskIsFull) {
  const SmallDisk disk("64k");
  FIRSTFRAME_SKIP_UNLESS_MOUNTED(disk);
  const auto sink = open_sink(disk.folder().path(), a_video());
  const Frame frame{noise(SampleType::uint8, 1, {128, 128}), ""};
  const auto fill = [&] {
    for (int i = 0; i < 100; ++i) sink->write(frame);
  };
  EXPECT_THAT(message_of<OutputError>(fill), HasSubstr(".png: cannot be written: No space left on device"));
  for (const auto& name : disk.folder().names())
    EXPECT_TRUE(is_same(read_picture(disk.folder() / name), frame.section)) << name;
}

TEST(OpenSink, MakesAVideoOfAFolder) {
  const TempFolder folder;
  const auto sink = open_sink(folder / "a.mkv", a_folder(), /*rate=*/10);
  for (int i = 0; i < 4; ++i) sink->write(a_frame("x.png"));
  sink->finish();
  EXPECT_DOUBLE_EQ(open_frames(folder / "a.mkv")->rate(), 10);
}

TEST(OpenSink, NeverOverwritesItsSource) {
  const TempFolder folder;
  fs::create_directory(folder / "frames");
  const auto name = folder / "frames/a.png";
  write_picture(name, a_frame().section.view());
  write_video(folder / "a.mkv", {a_frame().section});
  for (const auto& path : {name, folder / "frames", folder / "a.mkv"})
    EXPECT_EQ(refusal<ArgumentError>(path, *open_frames(path)),
              path.string() + ": is the input itself, which is not overwritten; choose another name");
  fs::create_symlink(folder / "frames", folder / "link");
  EXPECT_THAT(refusal<ArgumentError>(folder / "link", *open_frames(folder / "frames")),
              HasSubstr("is the input itself"));
  // A picture into its own folder, and a link among the results that leads back to a frame.
  const auto into_own_folder = open_sink(folder / "frames", *open_frames(name));
  EXPECT_THAT(message_of<OutputError>([&] { into_own_folder->write(a_frame("a.png")); }),
              HasSubstr("a.png: is the input itself"));
  fs::create_directory(folder / "out");
  fs::create_symlink(name, folder / "out/a.png");
  const auto through_link = open_sink(folder / "out", *open_frames(folder / "frames"));
  EXPECT_THAT(message_of<OutputError>([&] { through_link->write(a_frame("a.png")); }),
              HasSubstr("out/a.png: is the input itself"));
}

TEST(OpenSink, SaysWhichNamesFitTheSource) {
  EXPECT_EQ(
      refusal<ArgumentError>("a.png", a_video()),
      "a.png: one picture cannot hold the frames of a video; name a folder or a video (.mkv, .avi or .mp4)");
  EXPECT_EQ(refusal<ArgumentError>("a.mkv", a_picture()),
            "a.mkv: the name of a picture was expected; use .png, .jpg, .tif, .bmp, .pgm or .ppm");
  EXPECT_EQ(refusal<ArgumentError>("a.mov", a_video()),
            "a.mov: the ending \".mov\" is not known; use .mkv, .avi or .mp4 for a video, or a folder's name "
            "with a "
            "slash");
  EXPECT_EQ(refusal<ArgumentError>("a.mkv", a_folder(), /*rate=*/0),
            "a.mkv: 0 frames per second make no video; use a number above 0");
}

TEST(OpenSink, SaysWhereItCannotWrite) {
  const TempFolder folder;
  EXPECT_THAT(refusal<OutputError>(folder / "no/a.mkv", a_video()),
              HasSubstr("does not exist; make it first"));
  EXPECT_THAT(refusal<OutputError>(folder / "no/a.png", a_picture()),
              HasSubstr("does not exist; make it first"));
}

}  // namespace
}  // namespace firstframe
