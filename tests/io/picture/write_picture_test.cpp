#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/imgcodecs.hpp>

#include "core/base/error.h"
#include "io/picture/picture.h"
#include "tests/io/sections.h"
#include "tests/io/temp_folder.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(WritePicture, GivesEveryBitBackInEveryDepthAFormatHolds) {
  const TempFolder folder;
  struct Case {
    const char* name;
    SampleType type;
    std::int64_t channels;
  };
  const auto u8 = SampleType::uint8, u16 = SampleType::uint16, f32 = SampleType::float32;
  for (const auto& [name, type, channels] : {Case{"a.png", u8, 1},
                                             {"a.png", u8, 3},
                                             {"a.png", u16, 1},
                                             {"a.png", u16, 3},
                                             {"a.tif", u8, 1},
                                             {"a.tif", u8, 3},
                                             {"a.tif", u16, 1},
                                             {"a.tif", u16, 3},
                                             {"a.tiff", f32, 1},
                                             {"a.tiff", f32, 3},
                                             {"a.bmp", u8, 1},
                                             {"a.bmp", u8, 3},
                                             {"a.pgm", u8, 1},
                                             {"a.pgm", u16, 1},
                                             {"a.ppm", u8, 3},
                                             {"a.ppm", u16, 3},
                                             {"A.PNG", u16, 1}})
    for (const auto extent : {Extent{1, 1}, {37, 61}}) {
      const auto section = noise(type, channels, extent);
      write_picture(folder / name, section.view());
      EXPECT_TRUE(is_same(read_picture(folder / name), section))
          << name << ", " << name_of(type) << ", " << channels << " channels, " << name_of(extent);
    }
}

TEST(WritePicture, KeepsFloatsThatAreNoNumbers) {
  const TempFolder folder;
  auto section = noise(SampleType::float32, 1, {5, 7});
  section.samples<float>()[3] = std::nanf("");
  section.samples<float>()[4] = -1e30f;
  section.samples<float>()[5] = HUGE_VALF;
  write_picture(folder / "a.tif", section.view());
  EXPECT_TRUE(is_same(read_picture(folder / "a.tif"), section));
}

TEST(WritePicture, WritesColoursThatOtherProgramsSeeTheSame) {
  const TempFolder folder;
  Section red(SampleType::uint8, 3, {2, 2});
  std::fill_n(red.samples<std::uint8_t>(), 4, 255);
  write_picture(folder / "red.png", red.view());
  EXPECT_EQ(cv::imread((folder / "red.png").string()).at<cv::Vec3b>(0, 0), cv::Vec3b(0, 0, 255));  // B, G, R
}

TEST(WritePicture, SeesThroughPaddedRowsAndBgrOrder) {
  const TempFolder folder;
  const auto section = noise(SampleType::uint8, 3, {6, 5});
  std::vector<std::byte> memory(6 * 32);
  auto layout = interleaved_layout(SampleType::uint8, 3, {6, 5}, /*row_stride=*/32);
  layout.channel_stride = -1;
  copy_pixels(section.view(), {memory.data() + 2, layout});
  write_picture(folder / "a.png", SectionView{memory.data() + 2, layout});
  EXPECT_TRUE(is_same(read_picture(folder / "a.png"), section));
  write_picture(folder / "part.png", section.view().crop({1, 1, 3, 4}));
  EXPECT_TRUE(is_same(read_picture(folder / "part.png"), Section(section.view().crop({1, 1, 3, 4}))));
}

TEST(WritePicture, WritesJpegThatLooksTheSame) {
  const TempFolder folder;
  Section slope(SampleType::uint8, 3, {32, 32});
  for (int i = 0; i < 3 * 32 * 32; ++i)
    slope.samples<std::uint8_t>()[i] = static_cast<std::uint8_t>(40 + i / 48);
  write_picture(folder / "a.jpg", slope.view());
  const auto back = read_picture(folder / "a.jpg");
  ASSERT_EQ(back.channels(), 3);
  for (int i = 0; i < 3 * 32 * 32; ++i)
    ASSERT_NEAR(back.samples<std::uint8_t>()[i], slope.samples<std::uint8_t>()[i], 4) << "sample " << i;
}

TEST(WritePicture, SaysWhatToUseForADepthThatDoesNotFit) {
  const TempFolder folder;
  const auto refusal = [&](const char* name, SampleType type, std::int64_t channels) {
    const auto section = noise(type, channels, {4, 4});
    const auto message = message_of<ArgumentError>([&] { write_picture(folder / name, section.view()); });
    return message.substr(std::min(message.size(), folder.path().string().size() + 1));
  };
  EXPECT_EQ(refusal("a.png", SampleType::float32, 1), "a.png: PNG cannot hold float32; use .tif");
  EXPECT_EQ(refusal("a.jpg", SampleType::uint16, 1),
            "a.jpg: JPEG cannot hold uint16; use .png, .tif, .pgm or .ppm");
  EXPECT_EQ(refusal("a.bmp", SampleType::uint16, 3),
            "a.bmp: BMP cannot hold uint16; use .png, .tif, .pgm or .ppm");
  EXPECT_EQ(refusal("a.pgm", SampleType::uint8, 3),
            "a.pgm: PGM holds 1 channel, the section has 3; use .ppm or .png");
  EXPECT_EQ(refusal("a.ppm", SampleType::uint8, 1),
            "a.ppm: PPM holds 3 channels, the section has 1; use .pgm or .png");
  EXPECT_EQ(refusal("a.png", SampleType::uint8, 4),
            "a.png: a section of 4 channels is no picture; 1 or 3 are accepted");
  EXPECT_EQ(refusal("a.webp", SampleType::uint8, 1),
            "a.webp: the ending \".webp\" names no picture format; use .png, .jpg, .tif, .bmp, .pgm or .ppm");
  EXPECT_THAT(folder.names(), IsEmpty());
}

TEST(WritePicture, SaysWhereItCannotWriteAndLeavesNothing) {
  const TempFolder folder;
  const auto section = noise(SampleType::uint8, 1, {4, 4});
  EXPECT_THAT(message_of<OutputError>([&] { write_picture(folder / "no/a.png", section.view()); }),
              HasSubstr("does not exist; make it first"));
  put(folder / "file", "");
  EXPECT_THAT(message_of<OutputError>([&] { write_picture(folder / "file/a.png", section.view()); }),
              HasSubstr("file/a.png: cannot be written: Not a directory"));
  EXPECT_THAT(folder.names(), ElementsAre("file"));
}

TEST(WritePicture, KeepsTheOldPictureWhenTheDiskIsFull) {
  const SmallDisk disk("64k");
  FIRSTFRAME_SKIP_UNLESS_MOUNTED(disk);
  const auto old = noise(SampleType::uint8, 1, {4, 4});
  const auto large = noise(SampleType::uint16, 3, {200, 200});
  for (const auto* name : {"a.png", "a.tif"}) {
    const auto path = disk.folder() / name;
    write_picture(path, old.view());
    EXPECT_EQ(message_of<OutputError>([&] { write_picture(path, large.view()); }),
              path.string() + ": cannot be written: No space left on device");
    EXPECT_TRUE(is_same(read_picture(path), old));
  }
  EXPECT_THAT(disk.folder().names(), ElementsAre("a.png", "a.tif"));
}

TEST(IsPictureName, KnowsEndingsInAnyCase) {
  EXPECT_TRUE(is_picture_name("a.png"));
  EXPECT_TRUE(is_picture_name("A.TIFF"));
  EXPECT_FALSE(is_picture_name("a.mkv"));
  EXPECT_FALSE(is_picture_name("png"));
}

}  // namespace
}  // namespace firstframe
