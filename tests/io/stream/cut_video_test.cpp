#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "io/stream/container_size.h"
#include "io/stream/video_check.h"
#include "tests/io/sections.h"
#include "tests/io/stream/video_files.h"
#include "tests/io/temp_folder.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

std::vector<Section> frames(int count) {
  std::vector<Section> made;
  for (int i = 0; i < count; ++i) made.push_back(noise(SampleType::uint8, 3, {48, 64}, 1u + i));
  return made;
}

void cut(const fs::path& path, double part) {
  fs::resize_file(path, static_cast<std::uintmax_t>(static_cast<double>(fs::file_size(path)) * part));
}

TEST(PromisedSize, IsTheSizeOfAWholeFile) {
  const TempFolder folder;
  for (const auto* name : {"a.mkv", "a.avi", "a.mp4"}) {
    write_video(folder / name, frames(5));
    EXPECT_EQ(promised_size(folder / name), fs::file_size(folder / name)) << name;
    for (const double part : {0.98, 0.5}) {
      cut(folder / name, part);
      EXPECT_GT(promised_size(folder / name), fs::file_size(folder / name)) << name;
    }
  }
}

TEST(PromisedSize, IsUnknownForOtherFilesAndHeadersNeverCompleted) {
  const TempFolder folder;
  put(folder / "text", "a text of more than twelve letters");
  EXPECT_EQ(promised_size(folder / "text"), std::nullopt);
  put(folder / "short", "RIFF");
  EXPECT_EQ(promised_size(folder / "short"), std::nullopt);
  write_video(folder / "a.avi", frames(2));
  put(folder / "a.avi", content_of(folder / "a.avi").replace(4, 4, std::string(4, '\0')));
  EXPECT_EQ(promised_size(folder / "a.avi"), std::nullopt);
  put(folder / "live.mkv",
      std::string("\x1a\x45\xdf\xa3\x80\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff", 17));
  EXPECT_EQ(promised_size(folder / "live.mkv"), std::nullopt);
}

TEST(PromisedSize, SurvivesEveryCutAndEveryByte) {
  const TempFolder folder;
  for (const auto* name : {"a.mkv", "a.avi", "a.mp4"}) {
    write_video(folder / name, frames(1));
    const auto whole = content_of(folder / name);
    for (std::size_t at = 0; at < 120; ++at) {
      put(folder / "cut", whole.substr(0, at));
      promised_size(folder / "cut");
      auto damaged = whole;
      damaged[at] = static_cast<char>(~damaged[at]);
      put(folder / "damaged", damaged);
      promised_size(folder / "damaged");
    }
  }
}

TEST(CutVideo, GivesItsWholeFramesAndThenSaysSo) {
  const TempFolder folder;
  for (const auto* name : {"a.mkv", "a.avi"})
    for (const double part : {0.5, 0.7, 0.97}) {
      const auto path = folder / name;
      write_video(path, frames(30));
      std::vector<Section> whole = read_all(*open_frames(path));
      const auto size = fs::file_size(path);
      cut(path, part);
      const auto source = open_frames(path);
      std::size_t given = 0;
      const auto read = [&] {
        while (const auto frame = source->next()) {
          ASSERT_LT(given, whole.size());
          ASSERT_TRUE(is_same(frame->section, whole[given])) << name << " at " << part << ", frame " << given;
          ++given;
        }
      };
      const auto message = message_of<FormatError>(read);
      EXPECT_EQ(message, path.string() + ": the video is cut: it has " + std::to_string(fs::file_size(path)) +
                             " of " + std::to_string(size) + " bytes, " + std::to_string(given) +
                             " whole frames could be read; copy it again");
      EXPECT_GT(given, 30 * part * 0.7) << name;
    }
}

// The same MP4 with its table of contents in front, as files made for the web are.
void move_contents_to_front(const fs::path& path) {
  auto file = content_of(path);
  const auto pixels = file.find("mdat") - 4;
  auto contents = file.substr(file.find("moov") - 4);
  file.resize(file.size() - contents.size());
  const auto number = [&](std::size_t at) {
    std::uint32_t value = 0;
    for (int i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(contents[at + i]);
    return value;
  };
  const auto places = contents.find("stco") + 8;  // count, then where each chunk of frames begins
  for (std::uint32_t chunk = 1; chunk <= number(places); ++chunk) {
    const auto moved = number(places + 4 * chunk) + static_cast<std::uint32_t>(contents.size());
    for (int i = 0; i < 4; ++i) contents[places + 4 * chunk + i] = static_cast<char>(moved >> (24 - 8 * i));
  }
  put(path, file.insert(pixels, contents));
}

TEST(CutVideo, GivesTheFramesOfADownloadThatBrokeOff) {
  const TempFolder folder;
  const auto path = folder / "a.mp4";
  write_video(path, frames(30));
  move_contents_to_front(path);
  const auto whole = read_all(*open_frames(path));
  ASSERT_EQ(whole.size(), 30u);
  cut(path, 0.6);
  const auto source = open_frames(path);
  std::size_t given = 0;
  const auto read = [&] {
    while (const auto frame = source->next()) EXPECT_TRUE(is_same(frame->section, whole[given++]));
  };
  EXPECT_THAT(message_of<FormatError>(read), HasSubstr("a.mp4: the video is cut: it has "));
  EXPECT_GT(given, 5u);
}

TEST(CutVideo, IsNamedCutWhenItCannotBeOpenedAtAll) {
  const TempFolder folder;
  write_video(folder / "a.mp4", frames(30));
  cut(folder / "a.mp4", 0.7);  // an MP4's table of contents stands at its end
  EXPECT_THAT(message_of<FormatError>([&] { open_frames(folder / "a.mp4"); }),
              HasSubstr("a.mp4: the video is cut: it has "));
}

TEST(VideoCheck, SeesWhatTheWriterDidNotReport) {
  const TempFolder folder;
  for (const auto* name : {"a.mkv", "a.avi", "a.mp4"}) {
    write_video(folder / name, frames(10));
    EXPECT_EQ(what_is_wrong_with_video(folder / name, 10), "") << name;
    EXPECT_EQ(what_is_wrong_with_video(folder / name, 14), "it states 10 frames, 14 were written") << name;
    cut(folder / name, 0.9);
    EXPECT_THAT(what_is_wrong_with_video(folder / name, 10), HasSubstr(" bytes")) << name;
  }
}

}  // namespace
}  // namespace firstframe
