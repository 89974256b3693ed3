#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "io/volume/section_sink.h"
#include "io/volume/section_source.h"
#include "tests/io/temp_folder.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

using testing::EndsWith;

VolumeOptions bare(std::array<std::int64_t, 3> size, StoredType stored = StoredType::uint8, std::int64_t header_bytes = 0) {
  VolumeOptions options;
  options.raw = RawVolume{size, stored, /*big_endian=*/false, header_bytes};
  return options;
}

TEST(RawVolume, IsReadBehindItsHeaderInBothByteOrders) {
  const TempFolder folder;
  put(folder / "a.raw", std::string("hd") + std::string("\x00\x01\x00\x02\x00\x03\x00\x04", 8));
  auto options = bare({2, 1, 2}, StoredType::uint16, 2);
  options.raw->big_endian = true;
  const auto source = open_volume(folder / "a.raw", options);
  EXPECT_EQ(source->count(), 2);
  EXPECT_EQ(source->read(1).samples<std::uint16_t>()[0], 3);
  options.raw->big_endian = false;
  EXPECT_EQ(open_volume(folder / "a.raw", options)->read(1).samples<std::uint16_t>()[0], 0x300);
}

TEST(RawVolume, IsKnownByItsSizeUnderAnyName) {
  const TempFolder folder;
  put(folder / "scan.bin", "abcdef");
  EXPECT_FALSE(is_volume(folder / "scan.bin"));
  EXPECT_EQ(open_volume(folder / "scan.bin", bare({3, 2, 1}))->read(0).samples<std::uint8_t>()[5], 'f');
}

TEST(RawVolume, IsWrittenAsItWasRead) {
  const TempFolder folder;
  put(folder / "a.raw", "abcdefghijkl");
  auto options = bare({2, 3, 2}, StoredType::int8);
  options.axis = Axis::x;
  const auto source = open_volume(folder / "a.raw", options);
  const auto sink = open_volume_sink(folder / "b.raw", source->info(), {.axis = Axis::x, .fingerprint = "", .resume = false});
  for (std::int64_t i = 0; i < 2; ++i) sink->write(i, source->read(i).view());
  sink->finish();
  EXPECT_EQ(content_of(folder / "b.raw"), "abcdefghijkl");
}

TEST(RawVolume, WantsItsSizeAndOneThatFits) {
  const TempFolder folder;
  put(folder / "a.raw", "abcdef");
  EXPECT_EQ(message_of<ArgumentError>([&] { open_volume(folder / "a.raw"); }),
            (folder / "a.raw").string() + ": bare samples do not say their size and type; give them, as --raw-size 512x1024x128 "
                                          "--raw-type uint16");
  EXPECT_EQ(message_of<ArgumentError>([&] { open_volume(folder / "a.raw", bare({2, 2, 2}, StoredType::int16, 1)); }),
            (folder / "a.raw").string() + ": 2 x 2 x 2 samples of int16 behind 1 bytes are 17 bytes, the file has 6");
  EXPECT_THROW(open_volume(folder / "a.raw", bare({2, 0, 2})), ArgumentError);
  EXPECT_THROW(open_volume(folder / "none.raw", bare({2, 2, 2})), MissingFileError);
}

TEST(RawVolume, TakesItsRangeInStoredValues) {
  const TempFolder folder;
  put(folder / "a.raw", "abcdef");
  auto options = bare({3, 1, 1}, StoredType::int16);
  options.range = ValueRange{-1024, 3071};
  EXPECT_EQ(open_volume(folder / "a.raw", options)->read(0).range(), (ValueRange{31744, 35839}));
}

TEST(ZeissImg, TellsItsSizeByItsName) {
  const TempFolder folder;
  put(folder / "P1_Macular Cube 20x10_OD_cube_z.img", std::string(20 * 1024 * 10, 'x'));
  const auto source = open_volume(folder / "P1_Macular Cube 20x10_OD_cube_z.img");
  EXPECT_EQ(source->count(), 10);
  EXPECT_EQ(source->extent(), (Extent{1024, 20}));

  put(folder / "eye 20x10.img", "short");
  EXPECT_THAT(message_of<ArgumentError>([&] { open_volume(folder / "eye 20x10.img"); }),
              EndsWith(": its 5 bytes do not say their size, and its name does not either; give it, as --raw-size 512x1024x128 "
                       "--raw-type uint8"));
  EXPECT_EQ(open_volume(folder / "eye 20x10.img", bare({5, 1, 1}))->extent(), (Extent{1, 5}));
}

TEST(OpenVolume, NamesTheSectionsThereAre) {
  const TempFolder folder;
  put(folder / "a.raw", "abcdef");
  const auto source = open_volume(folder / "a.raw", bare({1, 2, 3}));
  for (const std::int64_t index : {-1, 3})
    EXPECT_EQ(message_of<ArgumentError>([&] { source->read(index); }),
              (folder / "a.raw").string() + ": there is no section " + std::to_string(index) + " along z; it has 3, counted from 0");
}

TEST(OpenVolume, NamesTheFormatsItKnows) {
  const TempFolder folder;
  put(folder / "a.docx", "abcdef");
  EXPECT_THAT(message_of<FormatError>([&] { open_volume(folder / "a.docx"); }),
              testing::HasSubstr(": is no volume that is known; known are .mha .mhd .nrrd"));
  EXPECT_THAT(message_of<ArgumentError>([&] { open_volume_sink(folder / "b.docx", {}, {}); }),
              testing::HasSubstr(": volumes are not written with the ending \".docx\"; use .mha"));
}

TEST(OpenVolumeSink, DoesNotOverwriteTheInput) {
  const TempFolder folder;
  put(folder / "a.raw", "a");
  EXPECT_EQ(message_of<ArgumentError>([&] { open_volume_sink(folder / "a.raw", {}, {}, folder.path() / "." / "a.raw"); }),
            (folder / "a.raw").string() + ": is the input itself, which is not overwritten; choose another name");
  EXPECT_THAT(message_of<OutputError>([&] { open_volume_sink(folder / "a.mhd", {}, {}); }),
              testing::HasSubstr("which exists and may belong to something else"));
}

}  // namespace
}  // namespace firstframe
