#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "io/picture/picture.h"
#include "io/volume/section_sink.h"
#include "io/volume/section_source.h"
#include "tests/io/sections.h"
#include "tests/io/temp_folder.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr Extent kExtent{5, 7};

Section picture(SampleType type, unsigned number) { return noise(type, 1, kExtent, number); }

fs::path make_folder(const TempFolder& folder, SampleType type, const std::string& ending) {
  fs::create_directory(folder / "in");
  for (unsigned number = 0; number < 4; ++number)
    write_picture(folder / ("in/eye" + std::to_string(number) + ending), picture(type, number).view());
  return folder / "in";
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

TEST(PictureStack, GivesThePicturesInOrderOfTheirNames) {
  for (const auto& [type, ending] :
       {std::pair{SampleType::uint8, ".png"}, {SampleType::uint16, ".png"}, {SampleType::float32, ".tif"}}) {
    const TempFolder folder;
    const auto path = make_folder(folder, type, ending);
    EXPECT_FALSE(is_volume(path));  // frames, unless somebody asks for a volume
    const auto source = open_volume(path);
    EXPECT_EQ(source->info().geometry.size, (std::array<std::int64_t, 3>{7, 5, 4}));
    EXPECT_EQ(source->info().access, VolumeInfo::Access::by_section);
    for (unsigned number = 0; number < 4; ++number)
      EXPECT_TRUE(is_same(source->read(number), picture(type, number)));
  }
}

TEST(PictureStack, IsDecodedWholeAlongTheOtherAxes) {
  const TempFolder folder;
  const auto path = make_folder(folder, SampleType::uint16, ".png");
  VolumeOptions options;
  options.axis = Axis::x;
  const auto source = open_volume(path, options);
  EXPECT_EQ(source->info().access, VolumeInfo::Access::whole);
  ASSERT_EQ(source->count(), 7);
  const auto section = source->read(6);
  ASSERT_EQ(section.extent(), (Extent{4, 5}));
  for (unsigned z = 0; z < 4; ++z)
    for (int y = 0; y < 5; ++y)
      EXPECT_EQ(section.samples<std::uint16_t>()[z * 5 + y],
                picture(SampleType::uint16, z).samples<std::uint16_t>()[y * 7 + 6]);
}

TEST(PictureStack, NamesThePictureThatDiffers) {
  const TempFolder folder;
  const auto path = make_folder(folder, SampleType::uint16, ".png");
  write_picture(path / "eye2.png", noise(SampleType::uint16, 1, {5, 8}).view());
  const auto source = open_volume(path);
  EXPECT_THAT(message_of<FormatError>([&] { source->read(2); }),
              HasSubstr("eye2.png: is 5 x 8 of uint16, the first picture eye0.png is 5 x 7"));
  EXPECT_THAT(message_of<ArgumentError>([&] { source->read(4); }), HasSubstr("there is no section 4"));
  write_picture(path / "eye0.png", noise(SampleType::uint8, 3, kExtent).view());
  EXPECT_THAT(message_of<FormatError>([&] { open_volume(path); }),
              HasSubstr("eye0.png: is of colour (3 channels)"));
  fs::create_directory(folder / "empty");
  EXPECT_THAT(message_of<FormatError>([&] { open_volume(folder / "empty"); }), HasSubstr("holds no picture"));
}

void copy(SectionSource& source, SectionSink& sink) {
  for (auto i = sink.first_missing(); i < source.count(); ++i) sink.write(i, source.read(i).view());
  sink.finish();
}

TEST(PictureStackSink, KeepsNamesAndSamples) {
  const TempFolder folder;
  const auto path = make_folder(folder, SampleType::uint16, ".png");
  const auto source = open_volume(path);
  copy(*source, *open_volume_sink(folder / "out", source->info(), {}, path));
  EXPECT_THAT(names_in(folder / "out"), ElementsAre("eye0.png", "eye1.png", "eye2.png", "eye3.png"));
  EXPECT_THAT(folder.names(), ElementsAre("in", "out"));
  for (unsigned number = 0; number < 4; ++number)
    EXPECT_TRUE(is_same(read_picture(folder / ("out/eye" + std::to_string(number) + ".png")),
                        picture(SampleType::uint16, number)));
}

TEST(PictureStackSink, NumbersTheSectionsOfOtherVolumes) {
  const TempFolder folder;
  VolumeInfo info;
  info.stored = StoredType::uint16;
  info.geometry.size = {7, 5, 2};
  const auto sink = open_volume_sink(folder / "out", info, {});
  sink->write(0, picture(SampleType::uint16, 0).view());
  Section wide(SampleType::float32, 1, kExtent);
  std::fill_n(wide.samples<float>(), 35, 70000.f);
  sink->write(1, wide.view());
  EXPECT_EQ(sink->clipped(), 35);
  sink->finish();
  EXPECT_THAT(names_in(folder / "out"), ElementsAre("000000.png", "000001.png"));
  EXPECT_EQ(read_picture(folder / "out/000001.png").samples<std::uint16_t>()[34], 65535);
}

TEST(PictureStackSink, GoesOnWhereItWasStopped) {
  const TempFolder folder;
  const auto path = make_folder(folder, SampleType::uint16, ".png");
  const auto source = open_volume(path);
  const SinkOptions options{.axis = Axis::z, .fingerprint = "f", .resume = true};
  open_volume_sink(folder / "out", source->info(), options, path)->write(0, source->read(0).view());
  EXPECT_THAT(folder.names(), ElementsAre("in", "out.part", "out.part.json"));
  put(folder / "out.part/.eye1.png.1.1.part.png", "killed while it was written");
  const auto sink = open_volume_sink(folder / "out", source->info(), options, path);
  EXPECT_EQ(sink->first_missing(), 1);
  copy(*source, *sink);
  EXPECT_THAT(names_in(folder / "out"), ElementsAre("eye0.png", "eye1.png", "eye2.png", "eye3.png"));
  for (unsigned number = 0; number < 4; ++number)
    EXPECT_EQ(content_of(folder / ("out/eye" + std::to_string(number) + ".png")),
              content_of(folder / ("in/eye" + std::to_string(number) + ".png")));
  EXPECT_THAT(folder.names(), ElementsAre("in", "out"));
}

TEST(PictureStackSink, IsNotGoneOnWithWhenAFinishedPictureIsMissing) {
  const TempFolder folder;
  const auto path = make_folder(folder, SampleType::uint16, ".png");
  const auto source = open_volume(path);
  const SinkOptions options{.axis = Axis::z, .fingerprint = "f", .resume = true};
  open_volume_sink(folder / "out", source->info(), options, path)->write(0, source->read(0).view());
  fs::remove(folder / "out.part/eye0.png");
  EXPECT_EQ(message_of<FormatError>([&] { open_volume_sink(folder / "out", source->info(), options, path); }),
            (folder / "out.part").string() +
                ": the file of section 0 is missing, its journal promises 1; begin anew without --resume");
}

TEST(PictureStackSink, WipesItsDraftOnlyWhenTheJournalNoLongerPromisesIt) {
  const TempFolder folder;
  const auto path = make_folder(folder, SampleType::uint16, ".png");
  const auto source = open_volume(path);
  open_volume_sink(folder / "out", source->info(), {}, path)->write(0, source->read(0).view());
  fs::remove(folder / "out.part.json");
  fs::create_symlink("/dev/full", folder / "out.part.json");  // a journal that cannot be brought up to date
  EXPECT_THAT(message_of<OutputError>([&] { open_volume_sink(folder / "out", source->info(), {}, path); }),
              HasSubstr("the journal cannot be written"));
  EXPECT_TRUE(fs::exists(folder / "out.part/eye0.png"));
}

TEST(PictureStackSink, ReplacesTheEmptyFolderBehindALink) {
  const TempFolder folder;
  const auto path = make_folder(folder, SampleType::uint16, ".png");
  fs::create_directories(folder / "elsewhere/results");
  fs::create_symlink("elsewhere/results", folder / "latest");
  const auto source = open_volume(path);
  copy(*source, *open_volume_sink(folder / "latest", source->info(), {}, path));
  EXPECT_TRUE(fs::is_symlink(folder / "latest"));
  EXPECT_THAT(names_in(folder / "elsewhere/results"), ElementsAre("eye0.png", "eye1.png", "eye2.png", "eye3.png"));
}

TEST(PictureStackSink, SaysWhatItCannotWrite) {
  const TempFolder folder;
  VolumeInfo info;
  info.stored = StoredType::int16;
  info.geometry.size = {7, 5, 2};
  const auto refusal = [&](const SinkOptions& options) {
    return message_of<ArgumentError>([&] { open_volume_sink(folder / "out", info, options); });
  };
  EXPECT_THAT(refusal({}), HasSubstr("pictures cannot hold int16"));
  info.stored = StoredType::uint16;
  EXPECT_THAT(refusal({.axis = Axis::y, .fingerprint = "", .resume = false}),
              HasSubstr("is written along z, not y"));
  fs::create_directory(folder / "out");
  put(folder / "out/mine.txt", "mine");
  EXPECT_THAT(message_of<OutputError>([&] { open_volume_sink(folder / "out", info, {}); }),
              HasSubstr("is there already and not empty"));
  fs::create_directory(folder / "new.part");
  put(folder / "new.part/mine.txt", "mine");
  EXPECT_THAT(message_of<OutputError>([&] { open_volume_sink(folder / "new", info, {}); }),
              HasSubstr("no draft of Firstframe's"));
  EXPECT_THAT(message_of<ArgumentError>([&] { open_volume_sink(folder / "other", info, {})->finish(); }),
              HasSubstr("0 of 2 sections are written"));
}

}  // namespace
}  // namespace firstframe
