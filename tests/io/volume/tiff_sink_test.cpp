#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <opencv2/imgcodecs.hpp>

#include "core/base/error.h"
#include "io/volume/section_sink.h"
#include "io/volume/tiff_header.h"
#include "tests/io/temp_folder.h"
#include "tests/io/volume/tiff_files.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

VolumeOptions along(Axis axis) {
  VolumeOptions options;
  options.axis = axis;
  return options;
}

void copy_volume(const std::filesystem::path& from, const std::filesystem::path& to, Axis axis = Axis::z) {
  const auto source = open_volume(from, along(axis));
  const auto sink =
      open_volume_sink(to, source->info(), {.axis = axis, .fingerprint = "f", .resume = false}, from);
  for (std::int64_t i = 0; i < source->count(); ++i) sink->write(i, source->read(i).view());
  sink->finish();
  EXPECT_EQ(sink->clipped(), 0);
}

template <typename Sample>
void expect_copied() {
  const TempFolder folder;
  const Stack<Sample> stack;
  write_pages(
      folder / "a.tif", stack,
      {.description = "ImageJ=1.52p\nimages=4\nslices=4\nunit=micron\nspacing=12.5\nmin=3.0\nmax=99.0\n",
       .resolution = 0.25f,
       .unit = RESUNIT_NONE});
  for (const auto axis : {Axis::x, Axis::y, Axis::z}) {
    copy_volume(folder / "a.tif", folder / "b.tif", axis);
    const auto again = open_volume(folder / "b.tif");
    EXPECT_EQ(different_samples(*again, stack), 0) << name_of(axis);
    EXPECT_EQ(again->info().geometry, open_volume(folder / "a.tif")->info().geometry);
    EXPECT_THAT(again->info().metadata.at("ImageDescription"), HasSubstr("unit=micron\nspacing=12.5\n"));
    EXPECT_THAT(again->info().metadata.at("ImageDescription"), HasSubstr("max=99.0\nmin=3.0\n"));
  }
  EXPECT_THAT(folder.names(), ElementsAre("a.tif", "b.tif"));
}

TEST(TiffStackSink, GivesEveryTypeBack) {
  expect_copied<std::uint8_t>();
  expect_copied<std::int8_t>();
  expect_copied<std::uint16_t>();
  expect_copied<std::int16_t>();
  expect_copied<std::uint32_t>();
  expect_copied<float>();
  expect_copied<double>();
}

TEST(TiffStackSink, IsReadByOpencvAndLibtiff) {
  const TempFolder folder;
  const Stack<std::uint16_t> stack;
  write_pages(folder / "a.tif", stack);
  copy_volume(folder / "a.tif", folder / "b.tif");
  std::vector<cv::Mat> pages;
  ASSERT_TRUE(cv::imreadmulti(folder / "b.tif", pages, cv::IMREAD_UNCHANGED));
  ASSERT_EQ(pages.size(), 4u);
  for (int page = 0; page < 4; ++page)
    for (int row = 0; row < 5; ++row)
      for (int col = 0; col < 7; ++col)
        EXPECT_EQ(pages[page].at<std::uint16_t>(row, col), stack.at(col, row, page));

  testing::internal::CaptureStderr();  // libtiff's warnings would stand there
  auto* tiff = TIFFOpen((folder / "b.tif").c_str(), "r");
  EXPECT_EQ(TIFFNumberOfDirectories(tiff), 4u);
  TIFFClose(tiff);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

VolumeInfo an_info() {
  VolumeInfo info;
  info.stored = StoredType::int16;
  info.geometry.size = {7, 5, 4};
  info.geometry.spacing = {0.0039, 0.25, 1.0 / 3};
  info.geometry.origin = {-1.5, 0, 20};
  return info;
}

Section section_of(std::int64_t index) {
  Section section(SampleType::uint16, 1, {5, 7});
  for (int i = 0; i < 35; ++i)
    section.samples<std::uint16_t>()[i] = static_cast<std::uint16_t>(1000 * index + i);
  return section;
}

TEST(TiffStackSink, KeepsSpacingAndOrigin) {
  const TempFolder folder;
  const auto sink = open_volume_sink(folder / "a.tif", an_info(), {});
  for (std::int64_t i = 0; i < 4; ++i) sink->write(i, section_of(i).view());
  sink->finish();
  const auto geometry = open_volume(folder / "a.tif")->info().geometry;
  EXPECT_EQ(geometry.spacing[0], 0.0039);
  EXPECT_EQ(geometry.spacing[1], 0.25);
  EXPECT_NEAR(geometry.spacing[2], 1.0 / 3, 1e-6);
  EXPECT_NEAR(geometry.origin[0], -1.5, 1e-6);
  EXPECT_NEAR(geometry.origin[2], 20, 1e-5);
}

TEST(TiffStackSink, GivesTheSameBytesWhenItWasStopped) {
  const TempFolder folder;
  for (const auto axis : {Axis::x, Axis::z}) {
    write_pages(folder / "a.tif", Stack<std::int16_t>());
    copy_volume(folder / "a.tif", folder / "unstopped.tif", axis);
    const auto source = open_volume(folder / "a.tif", along(axis));
    SinkOptions options{.axis = axis, .fingerprint = "f", .resume = true};
    {
      const auto sink = open_volume_sink(folder / "resumed.tif", source->info(), options);
      for (std::int64_t i = 0; i < 2; ++i) sink->write(i, source->read(i).view());
    }
    EXPECT_THAT(folder.names(), testing::IsSupersetOf({"resumed.tif.part", "resumed.tif.part.json"}));
    const auto sink = open_volume_sink(folder / "resumed.tif", source->info(), options);
    EXPECT_EQ(sink->first_missing(), 2);
    for (auto i = sink->first_missing(); i < source->count(); ++i) sink->write(i, source->read(i).view());
    sink->finish();
    EXPECT_EQ(content_of(folder / "resumed.tif"), content_of(folder / "unstopped.tif"));
    EXPECT_THAT(folder.names(), ElementsAre("a.tif", "resumed.tif", "unstopped.tif"));
  }
}

// A file with a hole: 4.2 GiB of zeros behind the header, which take no room.
TEST(TiffStackSink, IsABigTiffAboveFourGibibytes) {
  const TempFolder folder;
  auto info = an_info();
  info.geometry.size = {30000, 30000, 2};
  EXPECT_EQ(tiff_stack_header(info).substr(0, 4), (std::string{'I', 'I', 42, 0}));
  info.geometry.size[2] = 3;
  const auto header = tiff_stack_header(info);
  EXPECT_EQ(header.substr(0, 4), (std::string{'I', 'I', 43, 0}));
  put(folder / "a.tif", header);
  std::filesystem::resize_file(folder / "a.tif", header.size() + std::uintmax_t{30000} * 30000 * 2 * 3);
  const auto source = open_volume(folder / "a.tif", along(Axis::y));
  EXPECT_EQ(source->info().geometry.size[2], 3);
  EXPECT_EQ(source->info().geometry.spacing[0], 0.0039);
  EXPECT_EQ(source->read(29999).samples<std::uint16_t>()[89999], 32768);
}

}  // namespace
}  // namespace firstframe
