// inspect VOLUME: what a user is told about a volume.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "io/volume/section_sink.h"
#include "tests/support/command.h"

namespace firstframe {
namespace {

using testing::HasSubstr;
using Json = nlohmann::json;

// int16 samples that count up from -100, x fastest.
void write_counting(const std::string& path) {
  VolumeInfo info;
  info.stored = StoredType::int16;
  info.geometry.size = {4, 3, 5};
  info.geometry.spacing = {0.5, 0.25, 2};
  info.metadata["Eye"] = "OD";
  const auto sink = open_volume_sink(path, info, {});
  for (std::int64_t z = 0; z < 5; ++z) {
    Section section(SampleType::uint16, 1, {3, 4});
    for (std::int64_t i = 0; i < 12; ++i) section.samples<std::uint16_t>()[i] = static_cast<std::uint16_t>(32768 - 100 + 12 * z + i);
    sink->write(z, section.view());
  }
  sink->finish();
}

TEST(CommandInspectVolume, ShowsEntriesThatAreNotUtf8) {
  const ScratchFolder scratch;
  VolumeInfo info;
  info.metadata["Patient"] = "M\xfcller";  // Latin-1, as old scanners write it
  const auto sink = open_volume_sink(scratch / "a.nrrd", info, {});
  sink->write(0, Section(SampleType::uint8, 1, {1, 1}).view());
  sink->finish();
  for (const auto& result : {firstframe_command({"inspect", scratch / "a.nrrd", "--json"}),
                             firstframe_command({"inspect", scratch / "a.nrrd"})}) {
    EXPECT_EQ(result.err, "");
    EXPECT_THAT(result.out, HasSubstr("M\xef\xbf\xbdller"));
  }
}

TEST(CommandInspectVolume, TellsWhatTheHeaderSaysAndTheValuesOfTheMiddle) {
  const ScratchFolder scratch;
  for (const std::string name : {"a.mha", "a.nrrd"}) {
    write_counting(scratch / name);
    const auto result = firstframe_command({"inspect", scratch / name, "--json"});
    EXPECT_EQ(result.err, "");
    const auto json = Json::parse(result.out);
    EXPECT_EQ(json.at("kind"), "volume");
    EXPECT_EQ(json.at("stored_type"), "int16");
    EXPECT_EQ(json.at("size"), (Json{4, 3, 5}));
    EXPECT_EQ(json.at("spacing"), (Json{0.5, 0.25, 2}));
    EXPECT_EQ(json.at("access"), "by section");
    EXPECT_EQ(json.at("compressed"), false);
    EXPECT_EQ(json.at("sections"), 5);
    EXPECT_EQ(json.at("lowest_value"), -100 + 24);
    EXPECT_EQ(json.at("highest_value"), -100 + 35);
    EXPECT_EQ(json.at("metadata").at("Eye"), "OD");
  }
  EXPECT_THAT(firstframe_command({"inspect", scratch / "a.mha", "--axis", "x"}).out, HasSubstr("sections                    4"));
}

TEST(CommandInspectVolume, SaysThatTheWholeVolumeMustBeRead) {
  const ScratchFolder scratch;
  write_counting(scratch / "a.nii.gz");
  const auto said = firstframe_command({"inspect", scratch / "a.nii.gz"}).out;
  EXPECT_THAT(said, HasSubstr("access                      whole"));
  EXPECT_THAT(said, HasSubstr("decoded into memory before the first section: 120 bytes."));
}

TEST(CommandInspectVolume, TakesTheSizeOfBareSamples) {
  const ScratchFolder scratch;
  std::ofstream(scratch / "a.raw") << "abcdef";
  const auto json = Json::parse(
      firstframe_command({"inspect", scratch / "a.raw", "--raw-size", "3x1x2", "--raw-type", "uint8", "--json"}).out);
  EXPECT_EQ(json.at("format"), "raw");
  EXPECT_EQ(json.at("highest_value"), 'f');
  const auto refused = firstframe_command({"inspect", scratch / "a.raw"});
  EXPECT_EQ(refused.code, 64);
  EXPECT_THAT(refused.err, HasSubstr("bare samples do not say their size and type"));
}

}  // namespace
}  // namespace firstframe
