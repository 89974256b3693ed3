#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <opencv2/imgcodecs.hpp>

#include "core/base/error.h"
#include "io/picture/picture.h"
#include "tests/io/sections.h"
#include "tests/io/temp_folder.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

using testing::HasSubstr;

// What read_picture says behind the name of the file.
std::string refusal(const std::filesystem::path& path) {
  const auto message = message_of<FormatError>([&] { read_picture(path); });
  return message.starts_with(path.string()) ? message.substr(path.string().size()) : message;
}

TEST(ReadPicture, GivesColoursInTheOrderRedGreenBlue) {
  const TempFolder folder;
  const auto path = folder / "blue.png";
  cv::imwrite(path.string(), cv::Mat(2, 3, CV_8UC3, cv::Scalar(/*blue=*/200, /*green=*/100, /*red=*/50)));
  const auto section = read_picture(path);
  EXPECT_EQ(section.extent(), (Extent{2, 3}));
  ASSERT_EQ(section.channels(), 3);
  EXPECT_EQ(section.samples<std::uint8_t>()[0], 50);
  EXPECT_EQ(section.samples<std::uint8_t>()[6], 100);
  EXPECT_EQ(section.samples<std::uint8_t>()[12], 200);
}

TEST(ReadPicture, TakesTheRangeOfTheTypeUnlessOneIsGiven) {
  const TempFolder folder;
  const auto path = folder / "oct.png";
  write_picture(path, noise(SampleType::uint16, 1, {4, 5}).view());
  EXPECT_EQ(read_picture(path).range(), (ValueRange{0, 65535}));
  EXPECT_EQ(read_picture(path, ValueRange{0, 4095}).range(), (ValueRange{0, 4095}));
}

TEST(ReadPicture, GoesByTheContentNotByTheEnding) {
  const TempFolder folder;
  const auto section = noise(SampleType::uint8, 1, {4, 5});
  write_picture(folder / "a.png", section.view());
  std::filesystem::rename(folder / "a.png", folder / "a.jpg");
  EXPECT_TRUE(is_same(read_picture(folder / "a.jpg"), section));
}

TEST(ReadPicture, DoesNotTurnThePictureAsItsCameraWasHeld) {
  const TempFolder folder;
  const auto path = folder / "held_upright.jpg";
  write_picture(path, noise(SampleType::uint8, 1, {20, 30}).view());
  // An Exif segment behind the first two bytes: one entry, orientation (0x112) = 6, turn by 90 degrees.
  using namespace std::string_literals;
  const auto exif = "\xff\xe1\x00\x22"s + "Exif\0\0"s + "II*\0\x08\0\0\0"s + "\x01\0"s +
                    "\x12\x01\x03\0\x01\0\0\0\x06\0\0\0"s + "\0\0\0\0"s;
  put(path, content_of(path).insert(2, exif));
  EXPECT_EQ(cv::imread(path.string()).size(), cv::Size(20, 30));  // the segment is understood
  EXPECT_EQ(read_picture(path).extent(), (Extent{20, 30}));
}

TEST(ReadPicture, ReadsPicturesWrittenAsText) {
  const TempFolder folder;
  put(folder / "a.pgm", "P2\n# made by hand\n3 2\n255\n0 1 2\n3 4 255\n");
  const auto section = read_picture(folder / "a.pgm");
  EXPECT_EQ(section.extent(), (Extent{2, 3}));
  EXPECT_EQ(section.samples<std::uint8_t>()[5], 255);
}

TEST(ReadPicture, SaysThatAFileIsMissing) {
  EXPECT_EQ(message_of<MissingFileError>([] { read_picture("no/such.png"); }),
            "no/such.png: there is no such file");
}

TEST(ReadPicture, RefusesFilesThatAreNoPicture) {
  const TempFolder folder;
  put(folder / "empty.png", "");
  EXPECT_EQ(refusal(folder / "empty.png"), ": the file is empty; a picture was expected");
  put(folder / "text.png", "Better a diamond with a flaw than a pebble without.");
  EXPECT_EQ(refusal(folder / "text.png"), ": is no picture; PNG, JPEG, TIFF, BMP, PGM and PPM are accepted");
  EXPECT_EQ(refusal(folder.path()), ": is a folder; give the name of a file");
}

TEST(ReadPicture, RefusesTransparency) {
  const TempFolder folder;
  const auto path = folder / "alpha.png";
  cv::imwrite(path.string(), cv::Mat(4, 4, CV_8UC4, cv::Scalar(1, 2, 3, 4)));
  EXPECT_THAT(refusal(path),
              HasSubstr(": has transparency (4 channels), 1 or 3 channels are accepted; remove it"));
}

TEST(ReadPicture, NamesTheDepthItRefuses) {
  const TempFolder folder;
  for (const auto& [depth, name] :
       {std::pair(CV_64F, "CV_64FC1"), {CV_16S, "CV_16SC1"}, {CV_32S, "CV_32SC1"}}) {
    const auto path = folder / "depth.tif";
    cv::imwrite(path.string(), cv::Mat(4, 4, depth, cv::Scalar(1)));
    EXPECT_EQ(refusal(path), std::string(": has ") + name +
                                 " samples; 8 and 16 bits without sign and 32-bit float are accepted");
  }
}

TEST(ReadPicture, DoesNotDropThePagesOfAStack) {
  const TempFolder folder;
  const auto path = folder / "volume.tif";
  cv::imwritemulti(path.string(), std::vector<cv::Mat>(3, cv::Mat(4, 4, CV_8U, cv::Scalar(1))));
  EXPECT_THAT(refusal(path), HasSubstr(": holds 3 pages, a picture has one; as a volume it is taken by train"));
}

TEST(ReadPicture, SaysThatAPictureIsLargerThanOpenCvOpens) {
  const TempFolder folder;
  const auto path = folder / "large.png";
  write_picture(path, noise(SampleType::uint8, 1, {4, 5}).view());
  auto file = content_of(path);
  file.replace(16, 8, std::string("\x00\x00\xff\xff\x00\x00\xff\xff", 8));  // columns and rows
  put(path, file);
  EXPECT_FALSE(refusal(path).empty());
  put(folder / "large.pgm", "P5 2000000 10 255 ");
  EXPECT_THAT(refusal(folder / "large.pgm"), HasSubstr(": is larger than OpenCV opens (2^30 pixels"));
}

TEST(ReadPicture, RefusesAPngWithDamagedPixels) {
  const TempFolder folder;
  const auto path = folder / "damaged.png";
  write_picture(path, noise(SampleType::uint8, 1, {40, 50}).view());
  auto file = content_of(path);
  for (auto at = file.size() / 2; at < file.size() / 2 + 8; ++at) file[at] = static_cast<char>(~file[at]);
  put(path, file);
  EXPECT_EQ(refusal(path), ": the PNG picture is damaged and cannot be decoded");
}

}  // namespace
}  // namespace firstframe
