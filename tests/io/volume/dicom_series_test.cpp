#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "io/volume/section_source.h"
#include "tests/io/temp_folder.h"
#include "tests/io/volume/dicom_files.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::string refusal(const std::filesystem::path& path) {
  return message_of<FormatError>([&] { open_volume(path); });
}

// Names in another order than positions.
void write_series(const TempFolder& folder, const std::vector<double>& positions) {
  static const char* const names[] = {"m.dcm", "c.dcm", "x", "a.dcm", "q.dcm", "b"};
  for (std::size_t i = 0; i < positions.size(); ++i)
    write_slice(
        folder / names[i],
        {.position = positions[i], .number = static_cast<int>(i + 1), .seed = static_cast<int>(i + 1)});
}

int different(SectionSource& source) {
  int count = 0;
  for (std::int64_t index = 0; index < source.count(); ++index) {
    const auto section = source.read(index);
    for (int row = 0; row < section.extent().rows; ++row)
      for (int col = 0; col < section.extent().cols; ++col) {
        const auto i = static_cast<int>(index);
        const auto expected = source.axis() == Axis::z   ? slice_value(i + 1, col, row)
                              : source.axis() == Axis::y ? slice_value(row + 1, col, i)
                                                         : slice_value(row + 1, i, col);
        count += section.samples<std::uint16_t>()[row * section.extent().cols + col] - 32768 != expected;
      }
  }
  return count;
}

TEST(DicomSeries, IsSortedByPositionWhateverItsNames) {
  const TempFolder folder;
  write_series(folder, {-4.5, -3, -1.5, 0, 1.5});
  put(folder / "notes.txt", "no slice");
  EXPECT_TRUE(is_volume(folder.path()));
  for (const auto axis : {Axis::x, Axis::y, Axis::z}) {
    VolumeOptions options;
    options.axis = axis;
    const auto source = open_volume(folder.path(), options);
    const auto& info = source->info();
    EXPECT_EQ(info.format, "DICOM series");
    EXPECT_EQ(info.stored, StoredType::int16);
    EXPECT_EQ(info.geometry.size, (std::array<std::int64_t, 3>{7, 5, 5}));
    EXPECT_EQ(info.geometry.spacing, (std::array<double, 3>{0.5, 0.25, 1.5}));
    EXPECT_EQ(info.geometry.origin, (std::array<double, 3>{10, 20, -4.5}));
    EXPECT_EQ(info.access, axis == Axis::z ? VolumeInfo::Access::by_section : VolumeInfo::Access::whole);
    EXPECT_EQ(info.metadata.at("0010|0010"), "Doe^Jane");
    EXPECT_EQ(different(*source), 0) << name_of(axis);
  }
}

TEST(DicomSeries, MayBeOneSlice) {
  const TempFolder folder;
  write_series(folder, {3});
  EXPECT_EQ(open_volume(folder.path())->count(), 1);
  EXPECT_TRUE(is_volume(folder / "m.dcm"));
  EXPECT_EQ(different(*open_volume(folder / "m.dcm")), 0);
}

TEST(DicomSeries, NamesTheGapOfMissingSlices) {
  const TempFolder folder;
  write_series(folder, {0, 1.5, 3, 6, 7.5});
  EXPECT_THAT(refusal(folder.path()),
              AllOf(HasSubstr("x at 3 mm and a.dcm at 6 mm lie 2 spacings of 1.5 apart"),
                    HasSubstr("1 slice is missing")));
}

TEST(DicomSeries, NamesUnequalSpacingAndRepeatedPositions) {
  const TempFolder folder;
  write_series(folder, {0, 1.5, 3, 4.1, 5.6});
  EXPECT_THAT(refusal(folder.path()),
              HasSubstr("x at 3 mm and a.dcm at 4.1 mm lie 1.1 apart, most of the others 1.5"));
  write_series(folder, {0, 1.5, 1.5, 3, 4.5});
  EXPECT_THAT(refusal(folder.path()), HasSubstr("lie at one place"));
  write_series(folder, {0, 1.505, 3, 4.495, 6});  // rounding in a header is no gap
  EXPECT_EQ(open_volume(folder.path())->info().geometry.spacing[2], 1.5);
}

TEST(DicomSeries, IsChosenWhenAFolderHoldsSeveral) {
  const TempFolder folder;
  write_series(folder, {0, 1.5});
  write_slice(folder / "other", {.position = 7, .series = "1.2.3.5", .description = "scout", .seed = 1});
  EXPECT_THAT(
      refusal(folder.path()),
      HasSubstr(
          "holds 2 series: 1 (CT, thin, 2 slices); 2 (CT, scout, 1 slices); choose one with --series N"));
  VolumeOptions options;
  options.series = "2";
  EXPECT_EQ(open_volume(folder.path(), options)->info().geometry.origin[2], 7);
  options.series = "1.2.3.4";
  EXPECT_EQ(open_volume(folder.path(), options)->count(), 2);
  options.series = "3";
  EXPECT_THAT(message_of<ArgumentError>([&] { open_volume(folder.path(), options); }),
              HasSubstr("there is no series 3; it holds 1 (CT"));
}

TEST(DicomSeries, RefusesSlicesThatAreNotAlike) {
  const TempFolder folder;
  write_series(folder, {0, 1.5});
  write_slice(folder / "wide", {.position = 3, .number = 3}, 8, 5);
  EXPECT_THAT(refusal(folder.path()), HasSubstr("number of columns is"));
  write_slice(folder / "wide",
              {.position = 3, .number = 3, .seed = 3, .more = {{"0020|0037", "1\\0\\0\\0\\0\\-1"}}});
  EXPECT_THAT(refusal(folder.path()), HasSubstr("the slices of a volume must be parallel"));
  write_slice(folder / "wide",
              {.position = 3, .number = 3, .seed = 3, .more = {{"0020|0037", "1.0\\1e-5\\0\\0\\1\\-0"}}});
  EXPECT_EQ(different(*open_volume(folder.path())), 0);
}

TEST(DicomSeries, NamesTheFileThatIsCut) {
  const TempFolder folder;
  write_series(folder, {0, 1.5, 3});
  const auto file = content_of(folder / "c.dcm");
  testing::internal::CaptureStderr();
  for (const std::size_t missing : {1, 20, 70, 90, 300}) {
    put(folder / "c.dcm", file.substr(0, file.size() - missing));
    EXPECT_THAT(message_of<FormatError>([&] { open_volume(folder.path())->read(1); }), HasSubstr("c.dcm"))
        << missing;
  }
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(DicomFrames, AreDecodedWhole) {
  const TempFolder folder;
  using Image = itk::Image<std::uint16_t, 3>;
  auto image = Image::New();
  image->SetRegions(Image::SizeType{{7, 5, 3}});
  image->Allocate();
  for (int i = 0; i < 105; ++i) image->GetBufferPointer()[i] = static_cast<std::uint16_t>(600 * i);
  auto io = itk::GDCMImageIO::New();
  itk::EncapsulateMetaData<std::string>(io->GetMetaDataDictionary(), "0008|0016",
                                        "1.2.840.10008.5.1.4.1.1.77.1.5.4");
  itk::EncapsulateMetaData<std::string>(io->GetMetaDataDictionary(), "0008|0060", "OPT");
  auto writer = itk::ImageFileWriter<Image>::New();
  writer->SetInput(image);
  writer->SetFileName((folder / "eye.dcm"));
  writer->SetImageIO(io);
  writer->UseInputMetaDataDictionaryOff();
  writer->Update();

  const auto source = open_volume(folder / "eye.dcm");
  EXPECT_EQ(source->info().access, VolumeInfo::Access::whole);
  EXPECT_EQ(source->info().geometry.size, (std::array<std::int64_t, 3>{7, 5, 3}));
  EXPECT_EQ(source->read(2).samples<std::uint16_t>()[34], 600 * 104);
}

}  // namespace
}  // namespace firstframe
