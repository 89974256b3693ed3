#include "io/volume/volume_formats.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "core/base/error.h"
#include "tests/io/temp_folder.h"
#include "tests/io/volume/itk_volumes.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

using testing::HasSubstr;

constexpr Axis kAxes[] = {Axis::x, Axis::y, Axis::z};

// NIfTI keeps its geometry in floats, NRRD the product of direction and spacing.
double tolerance_of(const std::string& name) { return name.find(".nii") == name.npos ? 1e-12 : 1e-5; }

void copy_volume(const std::filesystem::path& from, const std::filesystem::path& to, Axis axis) {
  const auto source = open_volume(from, {.axis = axis, .range = {}, .raw = {}});
  const auto sink = open_volume_sink(to, source->info(), {.axis = axis, .fingerprint = "", .resume = false}, from);
  for (std::int64_t i = 0; i < source->count(); ++i) sink->write(i, source->read(i).view());
  EXPECT_EQ(sink->clipped(), 0);
  sink->finish();
}

// What ITK wrote is read as ITK reads it, along every axis; a copy of it, written section by section, too.
template <typename Sample>
void expect_as_itk(const std::string& name, StoredType stored, bool compressed = false,
                   std::array<unsigned, 3> size = {7, 5, 4}) {
  const TempFolder folder;
  write_itk<Sample>(oblique_volume<Sample>(size), folder / name, compressed);
  const auto truth = read_itk<Sample>(folder / name);
  const bool is_compressed = compressed || name.ends_with(".gz");
  for (const auto axis : kAxes) {
    SCOPED_TRACE(name + " of " + name_of(stored) + " along " + std::string(name_of(axis)));
    const auto source = open_volume(folder / name, {.axis = axis, .range = {}, .raw = {}});
    EXPECT_EQ(source->info().stored, stored);
    EXPECT_EQ(source->info().compressed, is_compressed);
    EXPECT_EQ(source->info().access, is_compressed ? VolumeInfo::Access::whole : VolumeInfo::Access::by_section);
    EXPECT_EQ(different_samples<Sample>(*source, truth), 0);
    EXPECT_TRUE(is_near(source->info().geometry, geometry_of<Sample>(truth), 0));

    copy_volume(folder / name, folder / ("copy_" + name), axis);
    const auto copy = read_itk<Sample>(folder / ("copy_" + name));
    EXPECT_EQ(different_samples<Sample>(*open_volume(folder / ("copy_" + name)), truth), 0);
    EXPECT_TRUE(is_near(geometry_of<Sample>(copy), geometry_of<Sample>(truth), tolerance_of(name)));
    if (!std::is_same_v<Sample, double>) {  // sections hold floats
      EXPECT_EQ(std::memcmp(copy->GetBufferPointer(), truth->GetBufferPointer(), size[0] * size[1] * size[2] * sizeof(Sample)), 0);
    }
  }
}

TEST(VolumeFormats, AreReadAndWrittenAsByItk) {
  for (const auto* name : {"a.mha", "a.mhd", "a.nrrd", "a.nhdr", "a.nii", "a.nii.gz"}) {
    expect_as_itk<std::int16_t>(name, StoredType::int16);
    expect_as_itk<float>(name, StoredType::float32);
  }
}

TEST(VolumeFormats, AreReadWholeWhenCompressed) {
  for (const auto* name : {"a.mha", "a.nrrd"}) expect_as_itk<std::int16_t>(name, StoredType::int16, /*compressed=*/true);
}

TEST(VolumeFormats, HoldEveryStoredType) {
  for (const auto* name : {"a.mha", "a.nrrd", "a.nii"}) {
    expect_as_itk<std::int8_t>(name, StoredType::int8);
    expect_as_itk<std::uint8_t>(name, StoredType::uint8);
    expect_as_itk<std::uint16_t>(name, StoredType::uint16);
    expect_as_itk<std::int32_t>(name, StoredType::int32);
    expect_as_itk<std::uint32_t>(name, StoredType::uint32);
    expect_as_itk<double>(name, StoredType::float64);
  }
}

TEST(VolumeFormats, HoldOneSliceOneRowAndOneColumn) {
  for (const auto* name : {"a.mha", "a.nrrd", "a.nii"}) {
    expect_as_itk<std::int16_t>(name, StoredType::int16, false, {7, 5, 1});
    expect_as_itk<std::int16_t>(name, StoredType::int16, false, {7, 1, 4});
    expect_as_itk<std::int16_t>(name, StoredType::int16, false, {1, 5, 4});
  }
}

TEST(VolumeFormats, KeepTheGeometryWhenTheFormatChanges) {
  const TempFolder folder;
  write_itk<std::int16_t>(oblique_volume<std::int16_t>(), folder / "a.mha");
  const auto truth = read_itk<std::int16_t>(folder / "a.mha");
  for (const auto* name : {"b.nrrd", "b.nii", "b.mhd"}) {
    copy_volume(folder / "a.mha", folder / name, Axis::y);
    EXPECT_TRUE(is_near(geometry_of<std::int16_t>(read_itk<std::int16_t>(folder / name)), geometry_of<std::int16_t>(truth),
                        tolerance_of(name)))
        << name;
  }
}

TEST(VolumeFormats, TurnOtherCoordinatesIntoItks) {
  const TempFolder folder;
  put(folder / "ras.nrrd", "NRRD0004\ntype: uchar\ndimension: 3\nspace: right-anterior-superior\nsizes: 2 2 2\n"
                           "space directions: (0.5,0,0) (0,2,0) (0,0,3)\nkinds: domain domain domain\nencoding: raw\n"
                           "space origin: (1,2,3)\n\nabcdefgh");
  const auto truth = read_itk<std::uint8_t>(folder / "ras.nrrd");
  const auto source = open_volume(folder / "ras.nrrd");
  EXPECT_EQ(source->info().geometry.origin, (std::array<double, 3>{-1, -2, 3}));
  EXPECT_EQ(source->info().geometry.direction, (std::array<double, 9>{-1, 0, 0, 0, -1, 0, 0, 0, 1}));
  EXPECT_EQ(different_samples<std::uint8_t>(*source, truth), 0);
  copy_volume(folder / "ras.nrrd", folder / "copy.nii", Axis::x);
  EXPECT_TRUE(is_near(geometry_of<std::uint8_t>(read_itk<std::uint8_t>(folder / "copy.nii")), geometry_of<std::uint8_t>(truth), 1e-5));
}

TEST(VolumeFormats, ReadNiftiSamplesThatTheHeaderScales) {
  const TempFolder folder;
  write_itk<std::int16_t>(oblique_volume<std::int16_t>(), folder / "a.nii");
  auto bytes = content_of(folder / "a.nii");
  const float slope = 0.5f, intercept = 10;
  std::memcpy(bytes.data() + 112, &slope, sizeof slope);  // scl_slope and scl_inter of nifti1.h
  std::memcpy(bytes.data() + 116, &intercept, sizeof intercept);
  put(folder / "a.nii", bytes);
  const auto source = open_volume(folder / "a.nii");
  EXPECT_EQ(source->info().access, VolumeInfo::Access::whole);
  EXPECT_EQ(source->info().stored, StoredType::float32);
  EXPECT_EQ(different_samples<float>(*source, read_itk<float>(folder / "a.nii")), 0);
}

TEST(VolumeFormats, ReadNiftiSamplesAsItkWhateverSlopeAndIntercept) {
  const TempFolder folder;
  write_itk<std::int16_t>(oblique_volume<std::int16_t>(), folder / "a.nii");
  auto bytes = content_of(folder / "a.nii");
  for (const float slope : {0.0f, 1.0f, 2.0f})
    for (const float intercept : {0.0f, 10.0f}) {
      SCOPED_TRACE(std::to_string(slope) + " " + std::to_string(intercept));
      std::memcpy(bytes.data() + 112, &slope, sizeof slope);
      std::memcpy(bytes.data() + 116, &intercept, sizeof intercept);
      put(folder / "b.nii", bytes);
      EXPECT_EQ(different_samples<float>(*open_volume(folder / "b.nii"), read_itk<float>(folder / "b.nii")), 0);
    }
}

TEST(VolumeFormats, CarryTheMetadata) {
  const TempFolder folder;
  const auto volume = oblique_volume<std::int16_t>();
  itk::EncapsulateMetaData<std::string>(volume->GetMetaDataDictionary(), "PatientPosition", "HFS");
  write_itk<std::int16_t>(volume, folder / "a.mha");
  copy_volume(folder / "a.mha", folder / "b.nrrd", Axis::z);
  copy_volume(folder / "b.nrrd", folder / "c.mhd", Axis::x);
  EXPECT_EQ(open_volume(folder / "c.mhd")->info().metadata.at("PatientPosition"), "HFS");

  write_itk<std::int16_t>(volume, folder / "a.nii");
  auto bytes = content_of(folder / "a.nii");
  bytes.replace(148, 6, "an eye");  // descrip of nifti1.h
  put(folder / "a.nii", bytes);
  copy_volume(folder / "a.nii", folder / "b.nii.gz", Axis::z);
  EXPECT_EQ(open_volume(folder / "b.nii.gz")->info().metadata.at("descrip"), "an eye");
}

TEST(VolumeFormats, GoOnAfterAStopWithTheSameBytes) {
  const TempFolder folder;
  write_itk<std::int16_t>(oblique_volume<std::int16_t>(), folder / "a.mha");
  for (const auto axis : kAxes)
    for (const std::string ending : {".mha", ".nrrd", ".nii", ".nii.gz"}) {
      copy_volume(folder / "a.mha", folder / ("whole" + ending), axis);
      const auto source = open_volume(folder / "a.mha", {.axis = axis, .range = {}, .raw = {}});
      const auto open = [&](bool resume) {
        return open_volume_sink(folder / ("b" + ending), source->info(), {.axis = axis, .fingerprint = "f", .resume = resume});
      };
      open(false)->write(0, source->read(0).view());
      const auto sink = open(true);
      EXPECT_EQ(sink->first_missing(), 1);
      for (std::int64_t i = 1; i < source->count(); ++i) sink->write(i, source->read(i).view());
      sink->finish();
      EXPECT_EQ(content_of(folder / ("b" + ending)), content_of(folder / ("whole" + ending))) << ending << name_of(axis);
    }
}

TEST(VolumeFormats, LeaveNothingBesideTheOutput) {
  const TempFolder folder;
  write_itk<std::int16_t>(oblique_volume<std::int16_t>(), folder / "a.mha");
  for (const auto* name : {"b.mha", "c.mhd", "d.nrrd", "e.nii", "f.nii.gz", "g.raw"})
    copy_volume(folder / "a.mha", folder / name, Axis::z);
  EXPECT_THAT(folder.names(), testing::ElementsAre("a.mha", "b.mha", "c.mhd", "c.raw", "d.nrrd", "e.nii", "f.nii.gz", "g.raw"));
}

TEST(VolumeFormats, AreRefusedWhenTheirCompressedSamplesAreCut) {
  const TempFolder folder;
  for (const std::string name : {"a.mha", "a.nrrd", "a.nii.gz"}) {
    write_itk<std::int16_t>(oblique_volume<std::int16_t>({40, 30, 20}), folder / name, /*compressed=*/true);
    std::filesystem::resize_file(folder / name, std::filesystem::file_size(folder / name) / 2);
    EXPECT_NE(message_of<FormatError>([&] { open_volume(folder / name); }), "") << name;
  }
}

TEST(VolumeFormats, RefuseColourAndFourDimensions) {
  const TempFolder folder;
  const auto write = [&](const auto& volume, const std::string& path) {
    auto writer = itk::ImageFileWriter<std::decay_t<decltype(*volume)>>::New();
    writer->SetInput(volume);
    writer->SetFileName(path);
    writer->SetImageIO(itk_io(path));
    writer->Update();
  };
  const auto colour = itk::Image<itk::RGBPixel<std::uint8_t>, 3>::New();
  colour->SetRegions(itk::Size<3>{{2, 2, 2}});
  colour->Allocate(true);
  const auto times = itk::Image<std::int16_t, 4>::New();
  times->SetRegions(itk::Size<4>{{2, 2, 2, 3}});
  times->Allocate(true);
  for (const std::string ending : {".mha", ".nrrd", ".nii"}) {
    write(colour, folder / ("colour" + ending));
    write(times, folder / ("times" + ending));
    EXPECT_THAT(message_of<FormatError>([&] { open_volume(folder / ("colour" + ending)); }), HasSubstr("holds 3 values a sample"));
    EXPECT_THAT(message_of<FormatError>([&] { open_volume(folder / ("times" + ending)); }), HasSubstr("has 4 dimensions"));
  }
}

}  // namespace
}  // namespace firstframe
