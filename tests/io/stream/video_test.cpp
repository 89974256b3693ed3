#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "tests/io/sections.h"
#include "tests/io/stream/video_files.h"
#include "tests/io/temp_folder.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<Section> noisy_frames(int count, std::int64_t channels = 3, Extent extent = {48, 64}) {
  std::vector<Section> frames;
  for (int i = 0; i < count; ++i) frames.push_back(noise(SampleType::uint8, channels, extent, 1u + i));
  return frames;
}

// Slopes that compression keeps, brighter from frame to frame.
std::vector<Section> smooth_frames(int count, std::int64_t channels) {
  std::vector<Section> frames;
  for (int i = 0; i < count; ++i) {
    Section section(SampleType::uint8, channels, {48, 64});
    for (std::int64_t c = 0; c < channels; ++c)
      for (int p = 0; p < 48 * 64; ++p)
        section.samples<std::uint8_t>()[c * 48 * 64 + p] =
            static_cast<std::uint8_t>(60 + 40 * c + p % 64 / 2 + 4 * i);
    frames.push_back(section);
  }
  return frames;
}

TEST(Video, KeepsEveryBitInMatroska) {
  const TempFolder folder;
  const auto frames = noisy_frames(12);
  write_video(folder / "a.mkv", frames);
  const auto source = open_frames(folder / "a.mkv");
  EXPECT_EQ(source->kind(), FrameSource::Kind::video);
  EXPECT_EQ(source->count(), 12);
  EXPECT_DOUBLE_EQ(source->rate(), 25);
  const auto back = read_all(*source);
  ASSERT_EQ(back.size(), frames.size());
  for (std::size_t i = 0; i < back.size(); ++i) EXPECT_TRUE(is_same(back[i], frames[i])) << "frame " << i;
  EXPECT_THAT(folder.names(), ElementsAre("a.mkv"));
}

TEST(Video, GivesGreyFramesBackWithEqualColours) {
  const TempFolder folder;
  const auto exact = noisy_frames(3, /*channels=*/1);
  write_video(folder / "a.mkv", exact);
  const auto back = read_all(*open_frames(folder / "a.mkv"));
  ASSERT_EQ(back.size(), 3u);
  for (std::int64_t c = 0; c < 3; ++c) EXPECT_TRUE(is_same(Section(back[1].view().channel(c)), exact[1]));

  for (const auto* name : {"a.avi", "a.mp4"}) {
    write_video(folder / name, smooth_frames(3, 1));
    const auto lossy = read_all(*open_frames(folder / name));
    ASSERT_EQ(lossy.size(), 3u) << name;
    for (std::int64_t c = 1; c < 3; ++c)
      EXPECT_TRUE(is_same(Section(lossy[1].view().channel(c)), Section(lossy[1].view().channel(0)))) << name;
  }
}

TEST(Video, LooksTheSameInAviAndMp4) {
  const TempFolder folder;
  for (const auto* name : {"a.avi", "a.mp4"})
    for (const std::int64_t channels : {1, 3}) {
      const auto frames = smooth_frames(5, channels);
      write_video(folder / name, frames);
      const auto back = read_all(*open_frames(folder / name));
      ASSERT_EQ(back.size(), frames.size());
      for (std::size_t i = 0; i < frames.size(); ++i)
        for (std::int64_t p = 0; p < channels * 48 * 64; ++p)
          ASSERT_NEAR(back[i].samples<std::uint8_t>()[p], frames[i].samples<std::uint8_t>()[p], 10)
              << name << ", " << channels << " channels, frame " << i << ", sample " << p;
    }
}

TEST(Video, KeepsTheRateAndTheNumberOfFrames) {
  const TempFolder folder;
  for (const auto* name : {"a.mkv", "a.avi", "a.mp4"})
    for (const double rate : {0.5, 12.5, 24000 / 1001.0, 30000 / 1001.0, 59.94, 120.0, 1000.0})
      for (const int count : {1, 2, 61}) {
        write_video(folder / name, noisy_frames(count, 1, {16, 16}), rate);
        const auto source = open_frames(folder / name);
        EXPECT_NEAR(source->rate(), rate, 0.002 * rate) << name << ", " << count << " frames";
        EXPECT_EQ(read_all(*source).size(), static_cast<std::size_t>(count)) << name << " at " << rate;
      }
}

TEST(Video, OpensUnderNamesThatLookLikeAddresses) {
  const TempFolder folder;
  const auto back_to = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  write_video("http:a%03d b.mkv", noisy_frames(2));
  EXPECT_EQ(read_all(*open_frames("http:a%03d b.mkv")).size(), 2u);
  std::filesystem::current_path(back_to);
}

TEST(VideoSink, RefusesFramesThatAVideoCannotHold) {
  const TempFolder folder;
  const auto path = folder / "a.mkv";
  const auto refusal = [&](const Section& section) {
    const auto message = message_of<FormatError>([&] {
      open_sink(path, a_folder())->write({section, "1.png"});
    });
    return message.substr(std::min(message.size(), path.string().size()));
  };
  EXPECT_EQ(
      refusal(noise(SampleType::uint16, 1, {16, 16})),
      ": a video holds uint8 frames, these are uint16; restore into a folder of 16-bit PNG or float TIFF "
      "pictures instead");
  EXPECT_EQ(
      refusal(noise(SampleType::uint8, 1, {16, 17})),
      ": frames of 16 x 17 do not fit a video, whose rows and columns are even; restore into a folder of "
      "pictures instead");
  EXPECT_EQ(refusal(noise(SampleType::uint8, 2, {16, 16})),
            ": a video holds frames of 1 or 3 channels, these have 2");
  EXPECT_THAT(folder.names(), IsEmpty());
}

TEST(VideoSink, RefusesAFrameOfAnotherSize) {
  const TempFolder folder;
  const auto path = folder / "a.mkv";
  const auto write = [&] { write_video(path, {noisy_frames(1)[0], noisy_frames(1, 3, {32, 64})[0]}); };
  EXPECT_EQ(message_of<FormatError>(write),
            path.string() +
                ": frame 2 is 32 x 64 with 3 channels, uint8; the frames before it are 48 x 64 with 3 "
                "channels, uint8; a video holds one size only");
  EXPECT_THAT(folder.names(), IsEmpty());
}

TEST(VideoSink, LeavesNothingWhenItIsNotFinished) {
  const TempFolder folder;
  for (const auto* name : {"a.mkv", "a.avi", "a.mp4"}) {
    put(folder / name, "old");
    const auto sink = open_sink(folder / name, a_video());
    for (const auto& frame : noisy_frames(3)) sink->write({frame, ""});
  }
  EXPECT_THAT(folder.names(), ElementsAre("a.avi", "a.mkv", "a.mp4"));
  EXPECT_EQ(content_of(folder / "a.mkv"), "old");
}

TEST(VideoSink, RefusesToFinishWithoutAFrame) {
  const TempFolder folder;
  EXPECT_EQ(message_of<FormatError>([&] { open_sink(folder / "a.avi", a_video())->finish(); }),
            (folder / "a.avi").string() + ": no frame came, nothing is written");
  EXPECT_THAT(folder.names(), IsEmpty());
}

TEST(VideoSink, NoticesAFullDiskAndLeavesNothing) {
  const SmallDisk disk("256k");
  FIRSTFRAME_SKIP_UNLESS_MOUNTED(disk);
  for (const auto* name : {"a.mkv", "a.avi", "a.mp4"}) {
    const auto message =
        message_of<OutputError>([&] { write_video(disk.folder() / name, noisy_frames(400)); });
    EXPECT_THAT(message, HasSubstr(std::string(name) + ": the disk is full: ")) << name;
    EXPECT_THAT(disk.folder().names(), IsEmpty()) << name;
  }
}

}  // namespace
}  // namespace firstframe
