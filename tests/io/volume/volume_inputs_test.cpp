#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "io/volume/section_sink.h"
#include "io/volume/volume_files.h"
#include "tests/io/sections.h"
#include "tests/io/temp_folder.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

VolumeInfo tiny() {
  VolumeInfo info;
  info.geometry.size = {4, 3, 2};
  return info;
}

Section section(unsigned seed) { return noise(SampleType::uint8, 1, {3, 4}, seed); }

void write_all(SectionSink& sink, unsigned seed = 1) {
  for (std::int64_t i = 0; i < 2; ++i) sink.write(i, section(seed).view());
}

void write_volume(const fs::path& path, unsigned seed = 1) {
  const auto sink = open_volume_sink(path, tiny(), {});
  write_all(*sink, seed);
  sink->finish();
}

TEST(VolumeFiles, AreTheHeaderAndTheFileOfItsSamples) {
  const TempFolder folder;
  for (const auto* name : {"a.mhd", "b.nhdr"}) {
    write_volume(folder / name);
    EXPECT_THAT(volume_files(folder / name),
                ElementsAre(folder / name, (folder / name).replace_extension(".raw")));
  }
  write_volume(folder / "c.mha");
  EXPECT_THAT(volume_files(folder / "c.mha"), ElementsAre(folder / "c.mha"));
  EXPECT_THAT(volume_files(folder / "none.mhd"), ElementsAre(folder / "none.mhd"));
}

TEST(VolumeFiles, OfAFolderAreItsPicturesInOrder) {
  const TempFolder folder;
  for (const auto* name : {"b.png", "a.png", "readme.txt"}) put(folder / name, name);
  EXPECT_THAT(volume_files(folder.path()), ElementsAre(folder / "a.png", folder / "b.png"));
}

TEST(OpenVolumeSink, DoesNotOverwriteTheInputsFileOfSamples) {
  const TempFolder folder;
  for (const auto* name : {"eye.mhd", "scan.nhdr"}) {
    write_volume(folder / name);
    const auto data = (folder / name).replace_extension(".raw");
    const auto before = content_of(data);
    EXPECT_EQ(message_of<ArgumentError>([&] { open_volume_sink(data, tiny(), {}, folder / name); }),
              data.string() + ": is the input itself, which is not overwritten; choose another name");
    EXPECT_EQ(content_of(data), before);
  }
}

TEST(OpenVolumeSink, DoesNotWriteItsSamplesOverTheInput) {
  const TempFolder folder;
  write_volume(folder / "eye.mhd");
  const auto refusal = (folder / "eye.raw").string() +
                       ": the samples' file is the input's, which is not overwritten; choose another name";
  EXPECT_EQ(message_of<ArgumentError>([&] { open_volume_sink(folder / "eye.mhd", tiny(), {}, folder / "eye.raw"); }), refusal);
  put(folder / "eye.nhdr", "NRRD0004\ntype: uint8\ndimension: 3\nsizes: 4 3 2\nencoding: raw\ndata file: eye.raw\n");
  EXPECT_EQ(message_of<ArgumentError>([&] { open_volume_sink(folder / "eye.mhd", tiny(), {}, folder / "eye.nhdr"); }), refusal);
}

TEST(OpenVolumeSink, DoesNotOverwriteAPictureOfTheInput) {
  const TempFolder folder;
  put(folder / "a.tif", "a");
  EXPECT_THAT(message_of<ArgumentError>([&] { open_volume_sink(folder / "a.tif", tiny(), {}, folder.path()); }),
              HasSubstr("a.tif: is the input itself"));
}

TEST(OpenVolumeSink, ReplacesOnlySamplesThatItsOwnHeaderNames) {
  const TempFolder folder;
  write_volume(folder / "a.mhd", 1);
  write_volume(folder / "a.mhd", 2);
  EXPECT_TRUE(content_of(folder / "a.raw").starts_with(
      std::string(reinterpret_cast<const char*>(section(2).view().data), 12)));
  const auto header = content_of(folder / "a.mhd");
  put(folder / "b.mhd", header);  // names a.raw
  put(folder / "b.raw", "someone's");
  EXPECT_THAT(message_of<OutputError>([&] { open_volume_sink(folder / "b.mhd", tiny(), {}); }),
              HasSubstr("b.raw, which exists and may belong to something else"));
}

TEST(OpenVolumeSink, LooksForSamplesWhereALinkLeads) {
  const TempFolder folder;
  fs::create_directory(folder / "elsewhere");
  put(folder / "elsewhere/a.raw", "someone's");
  fs::create_symlink("elsewhere/a.mhd", folder / "latest.mhd");
  EXPECT_THAT(message_of<OutputError>([&] { open_volume_sink(folder / "latest.mhd", tiny(), {}); }),
              HasSubstr("elsewhere/a.raw, which exists and may belong to something else"));
  fs::remove(folder / "elsewhere/a.raw");
  write_volume(folder / "latest.mhd");
  EXPECT_THAT(volume_files(folder / "elsewhere/a.mhd"), ElementsAre(folder / "elsewhere/a.mhd", folder / "elsewhere/a.raw"));
  EXPECT_EQ(content_of(folder / "elsewhere/a.raw").size(), 24u);
}

TEST(OpenVolumeSink, GivesOneFileOfSamplesToOneOutput) {
  const TempFolder folder;
  const auto first = open_volume_sink(folder / "a.mhd", tiny(), {});
  for (const auto* name : {"a.nhdr", "a.raw"})
    EXPECT_THAT(message_of<OutputError>([&] { open_volume_sink(folder / name, tiny(), {}); }),
                HasSubstr("another run is writing " + (folder / "a.raw.part").string()));
}

TEST(OpenVolumeSink, DoesNotReplaceSamplesThatAppearedMeanwhile) {
  const TempFolder folder;
  const auto sink = open_volume_sink(folder / "a.mhd", tiny(), {});
  write_all(*sink);
  put(folder / "a.raw", "someone's");
  EXPECT_THAT(message_of<OutputError>([&] { sink->finish(); }), HasSubstr("may belong to something else"));
  EXPECT_EQ(content_of(folder / "a.raw"), "someone's");
}

TEST(OpenVolumeSink, DoesNotNameSamplesLikeAPattern) {
  const TempFolder folder;
  for (const auto* name : {"eye%d.mhd", "LIST.nhdr"})
    EXPECT_THAT(message_of<ArgumentError>([&] { open_volume_sink(folder / name, tiny(), {}); }),
                HasSubstr("which readers take for several files"));
}

}  // namespace
}  // namespace firstframe
