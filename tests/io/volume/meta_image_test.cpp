#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "core/base/error.h"
#include "io/volume/section_sink.h"
#include "tests/io/temp_folder.h"
#include "tests/io/volume/itk_volumes.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

using testing::HasSubstr;

constexpr Axis kAxes[] = {Axis::x, Axis::y, Axis::z};

template <typename Sample>
void expect_as_itk_wrote(const std::string& name, StoredType stored, bool compressed) {
  const TempFolder folder;
  const auto volume = oblique_volume<Sample>();
  write_itk<Sample>(volume, folder / name, compressed);
  for (const auto axis : kAxes) {
    const auto source = open_volume(folder / name, {.axis = axis, .range = {}, .raw = {}});
    EXPECT_EQ(source->info().stored, stored);
    EXPECT_EQ(source->info().compressed, compressed);
    EXPECT_EQ(source->info().access, compressed ? VolumeInfo::Access::whole : VolumeInfo::Access::by_section);
    EXPECT_EQ(different_samples<Sample>(*source, volume), 0) << name << " along " << name_of(axis);
    EXPECT_TRUE(is_near(source->info().geometry, geometry_of<Sample>(read_itk<Sample>(folder / name)), 0));
  }
}

TEST(MetaImage, IsReadAsItkWroteIt) {
  expect_as_itk_wrote<std::int8_t>("a.mha", StoredType::int8, false);
  expect_as_itk_wrote<std::uint8_t>("a.mhd", StoredType::uint8, false);
  expect_as_itk_wrote<std::int16_t>("a.mha", StoredType::int16, false);
  expect_as_itk_wrote<std::uint16_t>("a.mha", StoredType::uint16, true);
  expect_as_itk_wrote<std::int32_t>("a.mha", StoredType::int32, false);
  expect_as_itk_wrote<std::uint32_t>("a.mhd", StoredType::uint32, true);
  expect_as_itk_wrote<float>("a.mha", StoredType::float32, false);
  expect_as_itk_wrote<double>("a.mhd", StoredType::float64, false);
}

TEST(MetaImage, IsReadByItkAsItWasWritten) {
  const TempFolder folder;
  const auto volume = oblique_volume<std::int16_t>();
  itk::EncapsulateMetaData<std::string>(volume->GetMetaDataDictionary(), "PatientPosition", "HFS");
  write_itk<std::int16_t>(volume, folder / "a.mha");
  for (const auto* name : {"b.mha", "b.mhd"})
    for (const auto axis : kAxes) {
      const auto source = open_volume(folder / "a.mha", {.axis = axis, .range = {}, .raw = {}});
      const auto sink = open_volume_sink(folder / name, source->info(), {.axis = axis, .fingerprint = "", .resume = false});
      for (std::int64_t i = 0; i < source->count(); ++i) sink->write(i, source->read(i).view());
      sink->finish();
      EXPECT_EQ(sink->clipped(), 0);
      const auto copy = read_itk<std::int16_t>(folder / name);
      EXPECT_EQ(geometry_of<std::int16_t>(copy), geometry_of<std::int16_t>(volume));
      EXPECT_EQ(std::memcmp(copy->GetBufferPointer(), volume->GetBufferPointer(), 7 * 5 * 4 * 2), 0) << name << name_of(axis);
      EXPECT_EQ(open_volume(folder / name)->info().metadata.at("PatientPosition"), "HFS");
    }
  EXPECT_THAT(folder.names(), testing::ElementsAre("a.mha", "b.mha", "b.mhd", "b.raw"));
}

}  // namespace
}  // namespace firstframe
