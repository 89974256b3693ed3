#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"
#include "io/volume/gzip_file.h"
#include "io/volume/section_sink.h"
#include "io/volume/section_source.h"
#include "tests/io/sections.h"
#include "tests/io/temp_folder.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

std::string meta_image(const std::string& extra, const std::string& data = "LOCAL") {
  return "ObjectType = Image\nNDims = 3\nBinaryData = True\nBinaryDataByteOrderMSB = False\n" + extra +
         "DimSize = 2 2 2\nElementType = MET_SHORT\nElementDataFile = " + data + "\n";
}

std::string nrrd(const std::string& extra, const std::string& endian = "little") {
  return "NRRD0004\ntype: short\ndimension: 3\nsizes: 2 2 2\nendian: " + endian + "\n" + extra;
}

std::string refusal(const std::filesystem::path& path) {
  return message_of<FormatError>([&] { open_volume(path); });
}

TEST(RefusedVolume, SaysHowMuchIsMissing) {
  const TempFolder folder;
  const auto header = meta_image("");
  put(folder / "a.mha", header + std::string(15, 'x'));
  EXPECT_THAT(refusal(folder / "a.mha"), EndsWith("a.mha: is cut: the header promises " + std::to_string(header.size() + 16) +
                                                  " bytes, the file has " + std::to_string(header.size() + 15)));
  put(folder / "a.nrrd", nrrd("encoding: raw\n\n") + "short");
  EXPECT_THAT(refusal(folder / "a.nrrd"), HasSubstr("is cut: the header promises "));
  put(folder / "b.mhd", meta_image("", "b.raw"));
  put(folder / "b.raw", "short");
  EXPECT_THAT(refusal(folder / "b.mhd"), EndsWith("b.raw: is cut: the header promises 16 bytes, the file has 5"));
}

TEST(RefusedVolume, IsNoticedWhenItIsCutWhileItIsRead) {
  const TempFolder folder;
  put(folder / "a.nrrd", nrrd("encoding: raw\n\n") + std::string(16, 'x'));
  const auto source = open_volume(folder / "a.nrrd");
  EXPECT_EQ(source->read(1).samples<std::uint16_t>()[0], 0x7878 + 32768);
  std::filesystem::resize_file(folder / "a.nrrd", 80);
  EXPECT_THAT(message_of<FormatError>([&] { source->read(1); }), EndsWith("a.nrrd: is cut: 93 bytes were expected, the file has 80"));
}

TEST(RefusedVolume, NamesTheFileOfSamplesThatIsMissing) {
  const TempFolder folder;
  put(folder / "a.mhd", meta_image("", "none.raw"));
  EXPECT_EQ(message_of<MissingFileError>([&] { open_volume(folder / "a.mhd"); }),
            (folder / "none.raw").string() + ": there is no such file");
  put(folder / "a.nhdr", nrrd("encoding: raw\ndata file: none.raw\n"));
  EXPECT_EQ(message_of<MissingFileError>([&] { open_volume(folder / "a.nhdr"); }),
            (folder / "none.raw").string() + ": there is no such file");
}

TEST(RefusedVolume, SaysThatItsSamplesLieInManyFiles) {
  const TempFolder folder;
  put(folder / "a.mhd", meta_image("", "slice%02d.raw 1 2 1"));
  EXPECT_THAT(refusal(folder / "a.mhd"), HasSubstr("its samples lie in several files"));
  put(folder / "a.nhdr", nrrd("encoding: raw\ndata file: LIST\na.raw\nb.raw\n"));
  EXPECT_THAT(refusal(folder / "a.nhdr"), HasSubstr("its samples lie in several files"));
}

TEST(RefusedVolume, IsNotMixedUpWithASampleFileOfAnOddName) {
  const TempFolder folder;
  for (const std::string data : {"my eye.raw", "eye 50%.raw"}) {
    put(folder / "a.mhd", meta_image("", data));
    put(folder / data, std::string(16, 'x'));
    EXPECT_EQ(open_volume(folder / "a.mhd")->count(), 2) << data;
  }
  put(folder / "a.mhd", meta_image("", "your eye.raw"));
  EXPECT_THAT(message_of<MissingFileError>([&] { open_volume(folder / "a.mhd"); }), EndsWith("your eye.raw: there is no such file"));
}

TEST(RefusedVolume, IsRefusedWhenCompressedSamplesCannotBeDecoded) {
  const TempFolder folder;
  put(folder / "samples", std::string("0123456789abcdef"));
  gzip_file(folder / "samples", folder / "samples.gz");
  const auto packed = content_of(folder / "samples.gz");
  put(folder / "a.nrrd", nrrd("encoding: gzip\n\n") + packed);
  EXPECT_EQ(open_volume(folder / "a.nrrd")->count(), 2);
  put(folder / "a.nrrd", nrrd("encoding: gzip\n\n") + packed.substr(0, packed.size() / 2));
  EXPECT_THAT(refusal(folder / "a.nrrd"), HasSubstr("a.nrrd: its compressed data is cut"));

  put(folder / "a.nrrd", nrrd("encoding: gzip\n\n") + "0123456789abcdef");
  EXPECT_THAT(refusal(folder / "a.nrrd"), HasSubstr("a.nrrd: its compressed data is damaged"));

  VolumeInfo info;
  info.geometry.size = {20, 20, 1};
  const auto sink = open_volume_sink(folder / "a.nii.gz", info, {});
  sink->write(0, noise(SampleType::uint8, 1, {20, 20}).view());
  sink->finish();
  std::filesystem::resize_file(folder / "a.nii.gz", 400);
  EXPECT_THAT(refusal(folder / "a.nii.gz"), HasSubstr("a.nii.gz: its compressed data is "));
  put(folder / "a.nii.gz", "no gzip");
  EXPECT_THAT(refusal(folder / "a.nii.gz"), EndsWith("a.nii.gz: is cut: a NIfTI header has 348 bytes, the file has 7"));
}

TEST(RefusedVolume, KeepsNaNWhenItIsCompressedToo) {
  const TempFolder folder;
  VolumeInfo info;
  info.stored = StoredType::float32;
  info.geometry.size = {2, 2, 2};
  for (const auto* name : {"a.nii", "a.nii.gz", "a.mha"}) {
    auto section = noise(SampleType::float32, 1, {2, 2});
    section.samples<float>()[3] = std::nanf("");
    const auto sink = open_volume_sink(folder / name, info, {});
    for (std::int64_t i = 0; i < 2; ++i) sink->write(i, section.view());
    sink->finish();
    EXPECT_TRUE(is_same(open_volume(folder / name)->read(1), section)) << name;
  }
}

TEST(RefusedVolume, IsRefusedBeforeMemoryIsTakenForAHeaderThatLies) {
  const TempFolder folder;
  const std::string header = "NRRD0004\ntype: short\ndimension: 3\nsizes: 100000 100000 50\nendian: little\nencoding: gzip\n\n";
  put(folder / "a.nrrd", header + std::string(20, 'x'));
  EXPECT_THAT(refusal(folder / "a.nrrd"), HasSubstr("the header promises 1000000000000 bytes of samples, the file's "));
}

TEST(RefusedVolume, IsRefusedWithoutAHeader) {
  const TempFolder folder;
  for (const auto* name : {"a.mha", "a.nrrd", "a.nii"}) {
    put(folder / name, "");
    EXPECT_NE(refusal(folder / name), "") << name;
    put(folder / name, std::string(1000, 'x'));
    EXPECT_NE(refusal(folder / name), "") << name;
  }
  EXPECT_THROW(open_volume(folder / "none.mha"), MissingFileError);
}

TEST(RefusedVolume, ReadsBigEndianSamplesAndSamplesAtTheEndOfTheFile) {
  const TempFolder folder;
  put(folder / "a.nrrd", nrrd("encoding: raw\nbyte skip: -1\n\n", "big") + "passed over" + std::string(14, '\0') +
                             std::string("\x12\x34", 2));
  EXPECT_EQ(open_volume(folder / "a.nrrd")->read(1).samples<std::uint16_t>()[3], 0x1234 + 32768);
  auto header = meta_image("HeaderSize = -1\n", "a.bin");
  header.replace(header.find("MSB = False"), 11, "MSB = True");
  put(folder / "a.mhd", header);
  put(folder / "a.bin", "passed over" + std::string(14, '\0') + std::string("\x12\x34", 2));
  EXPECT_EQ(open_volume(folder / "a.mhd")->read(1).samples<std::uint16_t>()[3], 0x1234 + 32768);
}

}  // namespace
}  // namespace firstframe
