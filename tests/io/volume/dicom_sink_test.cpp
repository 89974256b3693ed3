#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "io/volume/section_sink.h"
#include "tests/io/temp_folder.h"
#include "tests/io/volume/dicom_files.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

fs::path make_series(const TempFolder& folder) {
  fs::create_directory(folder / "in");
  for (int number = 1; number <= 3; ++number)
    write_slice(
        folder / ("in/" + std::to_string(9 - number)),
        {.position = 1.5 * number, .number = number, .seed = number, .more = {{"0008|0070", "Maker"}}});
  return folder / "in";
}

void copy(SectionSource& source, SectionSink& sink) {
  for (auto i = sink.first_missing(); i < source.count(); ++i) sink.write(i, source.read(i).view());
  sink.finish();
}

std::string tag(const fs::path& file, const std::string& key) {
  return open_volume(file)->info().metadata.at(key);
}

TEST(VolumeFiles, OfADicomFolderAreItsSlicesWhateverIsWrittenBesideThem) {
  const TempFolder folder;
  const auto in = make_series(folder);
  const auto source = open_volume(in);
  copy(*source, *open_volume_sink(in / "restored.mha", source->info(), {}, in));
  copy(*source, *open_volume_sink(in / "restored", source->info(), {}, in));
  EXPECT_THAT(source->files(), ElementsAre(in / "6", in / "7", in / "8"));
}

TEST(DicomSeriesSink, WritesADerivedSeriesWithTheSameValues) {
  const TempFolder folder;
  const auto in = make_series(folder);
  const auto source = open_volume(in);
  const auto sink = open_volume_sink(folder / "out", source->info(),
                                     {.axis = Axis::z, .fingerprint = "f", .resume = false}, in);
  copy(*source, *sink);
  EXPECT_EQ(sink->clipped(), 0);

  const auto again = open_volume(folder / "out");
  EXPECT_EQ(again->info().geometry, source->info().geometry);
  EXPECT_EQ(again->info().stored, StoredType::int16);
  for (std::int64_t i = 0; i < 3; ++i)
    EXPECT_EQ(std::memcmp(again->read(i).view().data, source->read(i).view().data, 70), 0) << i;

  const auto slice = folder / "out/000001.dcm";
  EXPECT_EQ(tag(slice, "0008|0008"), "DERIVED\\PRIMARY\\AXIAL");
  EXPECT_EQ(tag(slice, "0010|0010"), "Doe^Jane");
  EXPECT_EQ(tag(slice, "0008|0070"), "Maker");
  EXPECT_EQ(tag(slice, "0020|0013"), "2");
  EXPECT_EQ(tag(slice, "0020|000d"), "1.2.3");
  EXPECT_EQ(tag(slice, "0008|103e"), "thin restored");
  EXPECT_THAT(tag(slice, "0020|000e"), testing::StartsWith("2.25."));
  EXPECT_EQ(tag(slice, "0020|000e"), tag(folder / "out/000002.dcm", "0020|000e"));
  EXPECT_NE(tag(slice, "0008|0018"), tag(folder / "out/000002.dcm", "0008|0018"));
}

TEST(DicomSeriesSink, LimitsValuesToTheBitsOfTheSource) {
  const TempFolder folder;
  const auto in = make_series(folder);
  const auto source = open_volume(in);
  const auto sink = open_volume_sink(folder / "out", source->info(), {}, in);
  Section section(SampleType::float32, 1, {5, 7});
  std::fill_n(section.samples<float>(), 35, 1e6f);
  section.samples<float>()[1] = 32768 + 12.4f;
  for (std::int64_t i = 0; i < 3; ++i) sink->write(i, section.view());
  sink->finish();
  EXPECT_GE(sink->clipped(), 3 * 34);
  EXPECT_EQ(open_volume(folder / "out")->read(2).samples<std::uint16_t>()[1] - 32768, 12);
}

TEST(DicomSeriesSink, GivesTheSameBytesWhenItWasStopped) {
  const TempFolder folder;
  const auto in = make_series(folder);
  const auto source = open_volume(in);
  const SinkOptions options{.axis = Axis::z, .fingerprint = "f", .resume = true};
  copy(*source, *open_volume_sink(folder / "unstopped", source->info(), options, in));
  open_volume_sink(folder / "resumed", source->info(), options, in)->write(0, source->read(0).view());
  const auto sink = open_volume_sink(folder / "resumed", source->info(), options, in);
  EXPECT_EQ(sink->first_missing(), 1);
  copy(*source, *sink);
  for (const auto* name : {"/000000.dcm", "/000001.dcm", "/000002.dcm"})
    EXPECT_EQ(content_of(folder / ("resumed" + std::string(name))),
              content_of(folder / ("unstopped" + std::string(name))));
  EXPECT_THAT(folder.names(), ElementsAre("in", "resumed", "unstopped"));
}

TEST(DicomSeriesSink, SaysWhatItCannotWrite) {
  const TempFolder folder;
  const auto in = make_series(folder);
  auto info = open_volume(in)->info();
  EXPECT_THAT(message_of<ArgumentError>([&] {
                open_volume_sink(folder / "out", info, {.axis = Axis::x, .fingerprint = "", .resume = false},
                                 in);
              }),
              HasSubstr("a DICOM series is written along z, not x; write a .mha"));
  info.geometry.size[2] = 2;
  EXPECT_THAT(message_of<ArgumentError>([&] { open_volume_sink(folder / "out", info, {}, in); }),
              HasSubstr("the series has 3 slices, the volume 2"));
}

}  // namespace
}  // namespace firstframe
