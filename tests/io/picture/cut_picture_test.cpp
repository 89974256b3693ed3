#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "io/picture/picture.h"
#include "tests/io/sections.h"
#include "tests/io/temp_folder.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

using testing::HasSubstr;

struct Format {
  const char* ending;
  const char* name;
  std::int64_t channels;
};

class CutPicture : public testing::TestWithParam<Format> {};

TEST_P(CutPicture, IsRefusedWhereverTheCutIs) {
  const TempFolder folder;
  const auto path = folder / (std::string("cut") + GetParam().ending);
  write_picture(path, noise(SampleType::uint8, GetParam().channels, {40, 52}).view());
  const auto whole = content_of(path);
  for (std::size_t bytes = 15; bytes < whole.size(); bytes += bytes < whole.size() - 60 ? 97 : 1) {
    put(path, whole.substr(0, bytes));
    const auto message = message_of<FormatError>([&] { read_picture(path); });
    ASSERT_THAT(message, HasSubstr(path.string() + ": the " + GetParam().name + " picture is cut: "))
        << bytes << " of " << whole.size() << " bytes";
    ASSERT_THAT(message, HasSubstr("; copy it again"));
  }
}

INSTANTIATE_TEST_SUITE_P(Of, CutPicture,
                         testing::Values(Format{".png", "PNG", 3}, Format{".jpg", "JPEG", 3},
                                         Format{".jpg", "JPEG", 1}, Format{".tif", "TIFF", 3},
                                         Format{".bmp", "BMP", 3}, Format{".pgm", "PGM/PPM", 1},
                                         Format{".ppm", "PGM/PPM", 3}),
                         [](const auto& format) {
                           return std::string(format.param.ending + 1) +
                                  std::to_string(format.param.channels);
                         });

TEST(ACutPicture, SaysWhereItBreaksOff) {
  const TempFolder folder;
  const auto path = folder / "a.png";
  write_picture(path, noise(SampleType::uint8, 1, {40, 52}).view());
  put(path, content_of(path).substr(0, 500));
  EXPECT_EQ(message_of<FormatError>([&] { read_picture(path); }),
            path.string() + ": the PNG picture is cut: it ends inside its IDAT chunk; copy it again");
}

TEST(ACutPicture, IsNotSeenInBytesThatFollowAWholePicture) {
  const TempFolder folder;
  for (const auto* name : {"a.png", "a.jpg", "a.tif", "a.bmp", "a.pgm"}) {
    write_picture(folder / name, noise(SampleType::uint8, 1, {40, 52}).view());
    put(folder / name, content_of(folder / name) + "a camera's maker note");
    EXPECT_EQ(read_picture(folder / name).extent(), (Extent{40, 52})) << name;
  }
}

TEST(ACutPicture, IsSeenInPicturesWrittenAsText) {
  const TempFolder folder;
  put(folder / "a.pgm", "P2\n3 2\n255\n0 1 2\n3 4");
  EXPECT_EQ(message_of<FormatError>([&] { read_picture(folder / "a.pgm"); }),
            (folder / "a.pgm").string() +
                ": the PGM/PPM picture is cut: it has 5 numbers, its header promises 6; copy it again");
}

}  // namespace
}  // namespace firstframe
