#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <opencv2/imgcodecs.hpp>

#include "core/base/error.h"
#include "tests/io/temp_folder.h"
#include "tests/io/volume/tiff_files.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

using testing::HasSubstr;

VolumeOptions along(Axis axis) {
  VolumeOptions options;
  options.axis = axis;
  return options;
}

template <typename Sample>
void expect_as_written(StoredType stored, const TiffStyle& style, Extent extent = {5, 7},
                       std::int64_t pages = 4) {
  const TempFolder folder;
  const Stack<Sample> stack(extent, pages);
  write_pages(folder / "a.tif", stack, style);
  const bool is_in_place = style.compression == COMPRESSION_NONE && style.tile == 0;
  for (const auto axis : {Axis::x, Axis::y, Axis::z}) {
    const auto source = open_volume(folder / "a.tif", along(axis));
    EXPECT_EQ(source->info().stored, stored);
    EXPECT_EQ(source->info().compressed, style.compression != COMPRESSION_NONE);
    EXPECT_EQ(source->info().access == VolumeInfo::Access::by_section, is_in_place || axis == Axis::z);
    EXPECT_EQ(different_samples(*source, stack), 0) << name_of(stored) << " along " << name_of(axis);
  }
}

std::string refusal(const std::filesystem::path& path) {
  return message_of<FormatError>([&] {
    const auto source = open_volume(path);
    for (std::int64_t i = 0; i < source->count(); ++i) source->read(i);
  });
}

TEST(TiffStack, IsReadAsLibtiffWroteEveryType) {
  expect_as_written<std::uint8_t>(StoredType::uint8, {});
  expect_as_written<std::int8_t>(StoredType::int8, {});
  expect_as_written<std::uint16_t>(StoredType::uint16, {});
  expect_as_written<std::int16_t>(StoredType::int16, {});
  expect_as_written<std::int32_t>(StoredType::int32, {});
  expect_as_written<float>(StoredType::float32, {});
  expect_as_written<double>(StoredType::float64, {});
}

TEST(TiffStack, IsReadInEveryStyle) {
  for (const auto* mode : {"w", "w8", "wb", "wb8"}) {
    expect_as_written<std::int16_t>(StoredType::int16, {.mode = mode});
    expect_as_written<std::uint16_t>(StoredType::uint16, {.mode = mode, .rows_per_strip = 5});
    expect_as_written<float>(StoredType::float32, {.mode = mode, .compression = COMPRESSION_ADOBE_DEFLATE});
    expect_as_written<std::uint16_t>(StoredType::uint16, {.mode = mode, .tile = 16}, {21, 37});
  }
  expect_as_written<std::uint8_t>(StoredType::uint8, {.compression = COMPRESSION_PACKBITS});
  expect_as_written<std::uint16_t>(StoredType::uint16, {.compression = COMPRESSION_LZW, .tile = 32},
                                   {40, 33});
}

TEST(TiffStack, MayBeOnePageOrOneRow) {
  expect_as_written<std::uint16_t>(StoredType::uint16, {}, {5, 7}, 1);
  expect_as_written<std::uint16_t>(StoredType::uint16, {}, {1, 7}, 3);
  expect_as_written<std::uint8_t>(StoredType::uint8, {}, {1, 1}, 1);
}

TEST(TiffStack, IsReadAsOpencvWroteIt) {
  const TempFolder folder;
  const Stack<std::uint16_t> stack;
  std::vector<cv::Mat> pages;
  for (std::int64_t page = 0; page < 4; ++page)
    pages.emplace_back(5, 7, CV_16U, const_cast<std::uint16_t*>(stack.samples.data()) + page * 35);
  ASSERT_TRUE(cv::imwritemulti(folder / "a.tif", pages));
  EXPECT_EQ(different_samples(*open_volume(folder / "a.tif"), stack), 0);
}

TEST(TiffStack, IsAVolumeWhenItHasSeveralPages) {
  const TempFolder folder;
  write_pages(folder / "one.tif", Stack<std::uint8_t>({5, 7}, 1));
  write_pages(folder / "two.tif", Stack<std::uint8_t>({5, 7}, 2));
  put(folder / "none.tif", "no TIFF");
  EXPECT_FALSE(is_volume(folder / "one.tif"));
  EXPECT_TRUE(is_volume(folder / "two.tif"));
  EXPECT_FALSE(is_volume(folder / "none.tif"));
  EXPECT_FALSE(is_volume(folder / "missing.tif"));
}

TEST(TiffStack, TakesTheSpacingOfItsResolution) {
  const TempFolder folder;
  const auto spacing = [&](float resolution, int unit, const std::string& description) {
    write_pages(folder / "a.tif", Stack<std::uint8_t>(),
                {.description = description, .resolution = resolution, .unit = unit});
    return open_volume(folder / "a.tif")->info().geometry.spacing;
  };
  using Spacing = std::array<double, 3>;
  EXPECT_EQ(spacing(0, RESUNIT_INCH, ""), (Spacing{1, 1, 1}));
  EXPECT_EQ(spacing(254, RESUNIT_INCH, ""), (Spacing{0.1, 0.2, 1}));
  EXPECT_EQ(spacing(40, RESUNIT_CENTIMETER, ""), (Spacing{0.25, 0.5, 1}));
  EXPECT_EQ(spacing(40, RESUNIT_NONE, ""), (Spacing{1, 1, 1}));
  EXPECT_EQ(spacing(0.25f, RESUNIT_NONE, "ImageJ=1.53t\nimages=4\nslices=4\nunit=micron\nspacing=12.5\n"),
            (Spacing{0.004, 0.008, 0.0125}));
  EXPECT_EQ(spacing(4, RESUNIT_NONE, "ImageJ=1.53t\nimages=4\nslices=4\nunit=\\u00B5m\nspacing=-3\n"),
            (Spacing{0.00025, 0.0005, 0.003}));
  EXPECT_EQ(spacing(2, RESUNIT_NONE, "ImageJ=1.53t\nimages=4\nframes=4\nunit=mm\n"), (Spacing{0.5, 1, 1}));
}

TEST(TiffStack, RefusesHyperstacks) {
  const TempFolder folder;
  write_pages(folder / "a.tif", Stack<std::uint8_t>(),
              {.description = "ImageJ=1.53t\nimages=4\nchannels=2\nslices=2\n"});
  EXPECT_THAT(refusal(folder / "a.tif"), HasSubstr("is an ImageJ hyperstack of 2 channels"));
  write_pages(folder / "a.tif", Stack<std::uint8_t>(),
              {.description = "ImageJ=1.53t\nimages=4\nslices=2\nframes=2\n"});
  EXPECT_THAT(refusal(folder / "a.tif"), HasSubstr("is 4-D: 2 slices at 2 times"));
}

// As ImageJ writes a stack above 4 GiB: big endian, one directory that tells of the first image, then all images.
std::string imagej_file(const Stack<std::uint16_t>& stack, const std::string& description) {
  std::string file = "MM";
  const auto put_number = [&](std::uint64_t value, int bytes) {
    for (int byte = bytes - 1; byte >= 0; --byte)
      file.push_back(static_cast<char>(value >> (8 * byte) & 0xff));
  };
  const auto entry = [&](int tag, int type, std::uint64_t count, std::uint64_t value) {
    put_number(static_cast<std::uint64_t>(tag), 2);
    put_number(static_cast<std::uint64_t>(type), 2);
    put_number(count, 4);
    if (type == TIFF_SHORT) value <<= 16;
    put_number(value, 4);
  };
  put_number(42, 2);
  put_number(8, 4);
  constexpr int kEntries = 9;
  const std::uint64_t behind = 8 + 2 + kEntries * 12 + 4, begin = behind + description.size() + 1;
  put_number(kEntries, 2);
  entry(TIFFTAG_IMAGEWIDTH, TIFF_LONG, 1, static_cast<std::uint64_t>(stack.extent.cols));
  entry(TIFFTAG_IMAGELENGTH, TIFF_LONG, 1, static_cast<std::uint64_t>(stack.extent.rows));
  entry(TIFFTAG_BITSPERSAMPLE, TIFF_SHORT, 1, 16);
  entry(TIFFTAG_PHOTOMETRIC, TIFF_SHORT, 1, PHOTOMETRIC_MINISBLACK);
  entry(TIFFTAG_IMAGEDESCRIPTION, TIFF_ASCII, description.size() + 1, behind);
  entry(TIFFTAG_STRIPOFFSETS, TIFF_LONG, 1, begin);
  entry(TIFFTAG_SAMPLESPERPIXEL, TIFF_SHORT, 1, 1);
  entry(TIFFTAG_ROWSPERSTRIP, TIFF_SHORT, 1, static_cast<std::uint64_t>(stack.extent.rows));
  entry(TIFFTAG_STRIPBYTECOUNTS, TIFF_LONG, 1, static_cast<std::uint64_t>(stack.extent.area() * 2));
  put_number(0, 4);
  file += description;
  file.push_back('\0');
  for (const auto sample : stack.samples) put_number(sample, 2);
  return file;
}

TEST(TiffStack, FindsThePlanesThatOnlyImagejTellsOf) {
  const TempFolder folder;
  const Stack<std::uint16_t> stack;
  const auto file = imagej_file(stack, "ImageJ=1.53t\nimages=4\nslices=4\nunit=mm\nspacing=0.5\n");
  put(folder / "a.tif", file);
  EXPECT_TRUE(is_volume(folder / "a.tif"));
  for (const auto axis : {Axis::x, Axis::y, Axis::z}) {
    const auto source = open_volume(folder / "a.tif", along(axis));
    EXPECT_EQ(source->info().geometry.size, (std::array<std::int64_t, 3>{7, 5, 4}));
    EXPECT_EQ(source->info().geometry.spacing[2], 0.5);
    EXPECT_EQ(source->info().access, VolumeInfo::Access::by_section);
    EXPECT_EQ(different_samples(*source, stack), 0) << name_of(axis);
  }
  put(folder / "cut.tif", file.substr(0, file.size() - 1));
  EXPECT_THAT(refusal(folder / "cut.tif"), HasSubstr("promises 4 images, 3 are in the file: it is cut"));
}

TEST(TiffStack, NamesThePageThatDiffers) {
  const TempFolder folder;
  const auto add = [&](TIFF* tiff, auto stack) {
    begin_page(tiff, stack, {});
    for (std::int64_t row = 0; row < stack.extent.rows; ++row)
      TIFFWriteScanline(tiff, stack.samples.data() + row * stack.extent.cols, static_cast<std::uint32_t>(row),
                        0);
  };
  auto* tiff = TIFFOpen((folder / "size.tif").c_str(), "w");
  add(tiff, Stack<std::uint8_t>({5, 7}, 1));
  TIFFWriteDirectory(tiff);
  add(tiff, Stack<std::uint8_t>({6, 7}, 1));
  TIFFClose(tiff);
  EXPECT_THAT(refusal(folder / "size.tif"),
              HasSubstr("page 2 is 6 x 7, page 1 5 x 7; all pages must be of one size"));

  tiff = TIFFOpen((folder / "type.tif").c_str(), "w");
  add(tiff, Stack<std::uint8_t>({5, 7}, 1));
  TIFFWriteDirectory(tiff);
  add(tiff, Stack<std::int16_t>({5, 7}, 1));
  TIFFClose(tiff);
  EXPECT_THAT(refusal(folder / "type.tif"), HasSubstr("page 2 holds int16, page 1 uint8"));

  tiff = TIFFOpen((folder / "palette.tif").c_str(), "w");
  const std::vector<std::uint16_t> colours(256, 7);
  begin_page(tiff, Stack<std::uint8_t>({5, 7}, 1), {});
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_PALETTE);
  TIFFSetField(tiff, TIFFTAG_COLORMAP, colours.data(), colours.data(), colours.data());
  for (std::uint32_t row = 0; row < 5; ++row)
    TIFFWriteScanline(tiff, const_cast<std::uint16_t*>(colours.data()), row, 0);
  TIFFClose(tiff);
  EXPECT_THAT(refusal(folder / "palette.tif"), HasSubstr("page 1 has 1 channel of a palette"));

  const cv::Mat colour(5, 7, CV_8UC3, cv::Scalar(1, 2, 3));
  ASSERT_TRUE(cv::imwritemulti(folder / "colour.tif", std::vector<cv::Mat>{colour, colour}));
  EXPECT_THAT(refusal(folder / "colour.tif"), HasSubstr("page 1 has 3 channels of RGB colour"));
}

// Wherever a stack is cut, it is refused and nothing is printed; only what is behind the last byte that counts may go.
TEST(TiffStack, IsRefusedWhereverItIsCut) {
  const TempFolder folder;
  for (const int compression : {COMPRESSION_NONE, COMPRESSION_LZW}) {
    write_pages(folder / "whole.tif", Stack<std::uint16_t>({5, 7}, 3), {.compression = compression});
    const auto file = content_of(folder / "whole.tif");
    testing::internal::CaptureStderr();
    for (std::size_t bytes = 0; bytes + 1 < file.size(); bytes += 7) {
      put(folder / "cut.tif", file.substr(0, bytes));
      EXPECT_NE(refusal(folder / "cut.tif"), "") << bytes << " of " << file.size();
    }
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  }
}

TEST(TiffStack, NamesThePageThatIsDamaged) {
  const TempFolder folder;
  write_pages(folder / "a.tif", Stack<std::uint16_t>({30, 40}, 3),
              {.compression = COMPRESSION_ADOBE_DEFLATE, .rows_per_strip = 30});
  auto file = content_of(folder / "a.tif");
  for (std::size_t at = file.size() / 2 - 200; at < file.size() / 2 + 200; ++at) file[at] = '\x55';
  put(folder / "a.tif", file);
  testing::internal::CaptureStderr();
  EXPECT_THAT(refusal(folder / "a.tif"), HasSubstr("page 2 is damaged and cannot be decoded ("));
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(TiffStack, NamesWhatItCannotOpen) {
  const TempFolder folder;
  put(folder / "empty.tif", "");
  put(folder / "text.tif", "this is a text");
  EXPECT_THAT(refusal(folder / "empty.tif"), HasSubstr("the file is empty"));
  EXPECT_THAT(refusal(folder / "text.tif"), HasSubstr("cannot be read as a TIFF (Not a TIFF"));
  EXPECT_THAT(message_of<MissingFileError>([&] { open_volume(folder / "none.tif"); }),
              HasSubstr("there is no such file"));
  write_pages(folder / "a.tif", Stack<std::uint8_t>());
  EXPECT_THAT(message_of<ArgumentError>([&] { open_volume(folder / "a.tif")->read(4); }),
              HasSubstr("there is no section 4"));
}

}  // namespace
}  // namespace firstframe
