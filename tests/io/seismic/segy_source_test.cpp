#include "io/seismic/segy_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <segyio/segy.h>

#include "core/base/error.h"
#include "tests/io/seismic/segy_files.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// In stored values.
double sample_of(const SectionSource& source, const Section& section, std::int64_t row, std::int64_t col) {
  const auto at = row * section.extent().cols + col;
  const auto offset = code_of(source.info().stored).offset;
  switch (section.type()) {
    case SampleType::uint8: return section.samples<std::uint8_t>()[at] - offset;
    case SampleType::uint16: return section.samples<std::uint16_t>()[at] - offset;
    case SampleType::float32: return section.samples<float>()[at];
  }
  return 0;
}

class SegyFormats : public testing::TestWithParam<std::tuple<int, bool, bool>> {};

TEST_P(SegyFormats, GiveTheSamplesThatWereWritten) {
  const TempFolder folder;
  SegyRecipe recipe;
  std::tie(recipe.format, recipe.big_endian, recipe.by_crossline) = GetParam();
  const auto source = open_volume(put_segy(folder / "a.sgy", recipe));
  ASSERT_EQ(source->count(), 4);
  ASSERT_EQ(source->extent(), (Extent{50, 6}));
  for (int inl = 0; inl < 4; ++inl) {
    const auto section = source->read(inl);
    for (int xl = 0; xl < 6; ++xl)
      for (int sample = 0; sample < 50; ++sample)
        ASSERT_EQ(sample_of(*source, section, sample, xl), recipe.value(inl, xl, 0, sample)) << inl << " " << xl << " " << sample;
  }
}

TEST_P(SegyFormats, GiveCrosslinesAsSections) {
  const TempFolder folder;
  SegyRecipe recipe;
  std::tie(recipe.format, recipe.big_endian, recipe.by_crossline) = GetParam();
  VolumeOptions options;
  options.segy.sections = SegySections::crosslines;
  const auto source = open_volume(put_segy(folder / "a.sgy", recipe), options);
  ASSERT_EQ(source->count(), 6);
  for (int xl = 0; xl < 6; ++xl) {
    const auto section = source->read(xl);
    for (int inl = 0; inl < 4; ++inl)
      ASSERT_EQ(sample_of(*source, section, 17, inl), recipe.value(inl, xl, 0, 17)) << inl << " " << xl;
  }
}

INSTANTIATE_TEST_SUITE_P(All, SegyFormats,
                         testing::Combine(testing::Values(1, 2, 3, 5, 8), testing::Bool(), testing::Bool()));

// segyio's own reading of one trace.
std::vector<float> segyio_trace(const std::filesystem::path& path, int format, int trace, int samples) {
  auto* file = segy_open(path.c_str(), "rb");
  segy_set_format(file, format);
  std::vector<float> values(static_cast<std::size_t>(samples));
  EXPECT_EQ(segy_readtrace(file, trace, values.data(), 3600, segy_trsize(format, samples)), SEGY_OK);
  segy_to_native(format, samples, values.data());
  segy_close(file);
  return values;
}

TEST(SegySource, ReadsFloatsAsSegyioDoes) {
  const TempFolder folder;
  for (const int format : {1, 5}) {
    SegyRecipe recipe;
    recipe.format = format;
    recipe.value = [](int inl, int xl, int, int sample) { return std::ldexp(std::sin(1.7 * sample + inl + 3 * xl), sample % 60 - 30); };
    const auto path = put_segy(folder / "a.sgy", recipe);
    VolumeOptions options;
    options.segy.format = format;  // numbers from 1e-10 to 1e9 would be doubted
    const auto section = open_volume(path, options)->read(2);
    for (int xl = 0; xl < 6; ++xl) {
      const auto trace = segyio_trace(path, format, 2 * 6 + xl, 50);
      for (int sample = 0; sample < 50; ++sample)
        ASSERT_EQ(section.samples<float>()[sample * 6 + xl], trace[static_cast<std::size_t>(sample)]) << format << " " << xl << " " << sample;
    }
  }
}

TEST(SegySource, SaysWhatItIs) {
  const TempFolder folder;
  SegyRecipe recipe;
  recipe.format = 3;
  recipe.extended = 2;
  const auto source = open_segy(put_segy(folder / "a.sgy", recipe));
  EXPECT_EQ(source->info().format, "SEG-Y");
  EXPECT_EQ(source->info().stored, StoredType::int16);
  EXPECT_EQ(source->info().geometry.spacing[1], 4.0);
  EXPECT_EQ(source->info().metadata.at("sample_interval_us"), "4000");
  EXPECT_EQ(source->segy().layout.begin, 3600 + 2 * 3200);
  EXPECT_THAT(source->segy().grid.lines, ElementsAre(10, 11, 12, 13));
  EXPECT_EQ(source->segy().grid.section_name(1), "inline 11");
  EXPECT_EQ(name_of_trace(source->segy(), 1, 2), "trace 8 (inline 11, crossline 204)");
  EXPECT_THAT(source->remarks(), ElementsAre());
}

TEST(SegySource, TakesTheOneLineOfAFileOfOneCrossline) {
  const TempFolder folder;
  SegyRecipe recipe;
  recipe.inlines = 20;
  recipe.crosslines = 1;
  const auto source = open_segy(put_segy(folder / "a.sgy", recipe));
  EXPECT_EQ(source->count(), 1);
  EXPECT_EQ(source->extent(), (Extent{50, 20}));
  EXPECT_EQ(source->segy().grid.section_name(0), "crossline 200");
}

TEST(SegySource, MakesASectionOfEveryOffset) {
  const TempFolder folder;
  SegyRecipe recipe;
  recipe.offsets = 3;
  const auto source = open_segy(put_segy(folder / "a.sgy", recipe));
  ASSERT_EQ(source->count(), 12);
  EXPECT_EQ(source->segy().grid.section_name(7), "inline 12, trace 2 of 3 at its place");
  const auto section = source->read(7);
  for (int xl = 0; xl < 6; ++xl) ASSERT_EQ(section.samples<float>()[9 * 6 + xl], static_cast<float>(recipe.value(2, xl, 1, 9)));
}

TEST(SegySource, TakesLineNumbersFromOtherBytes) {
  const TempFolder folder;
  SegyRecipe recipe;
  recipe.inline_byte = 9;
  recipe.crossline_byte = 21;
  VolumeOptions options;
  const auto path = put_segy(folder / "a.sgy", recipe);
  EXPECT_EQ(open_volume(path)->count(), 1);  // nothing at 189 and 193
  options.segy.inline_byte = 9;
  options.segy.crossline_byte = 21;
  EXPECT_EQ(open_volume(path, options)->count(), 4);
  options.segy.crossline_byte = 239;
  EXPECT_THAT(message_of<ArgumentError>([&] { open_volume(path, options); }), HasSubstr("byte 239 of the trace header holds no number"));
}

TEST(SegySource, TakesAllTracesAsOneSectionWithoutAGrid) {
  const TempFolder folder;
  SegyRecipe recipe;
  recipe.inline_byte = recipe.crossline_byte = 17;
  const auto source = open_segy(put_segy(folder / "a.sgy", recipe));
  EXPECT_EQ(source->extent(), (Extent{50, 24}));
  EXPECT_THAT(source->remarks(), ElementsAre("every trace has inline 0 and crossline 0 at bytes 189 and 193 of its header; all traces "
                                             "are one section, in the file's order"));
  VolumeOptions options;
  options.segy.sections = SegySections::inlines;
  EXPECT_EQ(message_of<FormatError>([&] { open_volume(folder / "a.sgy", options); }),
            (folder / "a.sgy").string() +
                ": there are no inlines: every trace has inline 0 and crossline 0 at bytes 189 and 193 of its header; say where the "
                "numbers are with --inline-byte and --crossline-byte, or leave out --sections");
}

TEST(SegySource, MakesSectionsOfGathers) {
  const TempFolder folder;
  SegyRecipe recipe;
  recipe.is_missing = [](int inl, int xl) { return inl == 2 && xl > 3; };
  VolumeOptions options;
  options.segy.sections = SegySections::gathers;
  const auto source = open_segy(put_segy(folder / "a.sgy", recipe), options);
  ASSERT_EQ(source->count(), 4);
  EXPECT_EQ(source->segy().grid.section_name(2), "gather 102");
  const auto gather = source->read_traces(2);
  EXPECT_THAT(gather.states, ElementsAre(TraceState::live, TraceState::live, TraceState::live, TraceState::live, TraceState::absent,
                                         TraceState::absent));
  EXPECT_EQ(sample_of(*source, gather.section, 11, 5), recipe.value(2, 3, 0, 11));  // filled from the last live one
}

TEST(SegySource, FillsDeadAndMissingTracesFromLiveOnes) {
  const TempFolder folder;
  SegyRecipe recipe;
  recipe.is_missing = [](int inl, int xl) { return inl == 1 && xl == 1; };
  recipe.is_marked_dead = [](int inl, int xl) { return inl == 1 && xl == 2; };
  const auto value = recipe.value;
  recipe.value = [value](int inl, int xl, int o, int s) { return inl == 1 && xl == 4 ? 0 : value(inl, xl, o, s); };
  const auto source = open_segy(put_segy(folder / "a.sgy", recipe));
  const auto traces = source->read_traces(1);
  EXPECT_THAT(traces.states, ElementsAre(TraceState::live, TraceState::absent, TraceState::dead, TraceState::live, TraceState::dead,
                                         TraceState::live));
  for (int sample = 0; sample < 50; ++sample) {
    const auto at = [&](int xl) { return recipe.value(1, xl, 0, sample); };
    ASSERT_NEAR(sample_of(*source, traces.section, sample, 1), at(0) * 2 / 3 + at(3) / 3, 1e-4);
    ASSERT_NEAR(sample_of(*source, traces.section, sample, 2), at(0) / 3 + at(3) * 2 / 3, 1e-4);
    ASSERT_NEAR(sample_of(*source, traces.section, sample, 4), (at(3) + at(5)) / 2, 1e-4);
  }
}

TEST(SegySource, NamesSamplesThatAreNoNumbersAndReadsOn) {
  const TempFolder folder;
  SegyRecipe recipe;
  const auto value = recipe.value;
  recipe.value = [value](int inl, int xl, int o, int s) {
    return inl == 3 && xl == 1 && (s == 20 || s == 21) ? std::nan("") : value(inl, xl, o, s);
  };
  const auto source = open_segy(put_segy(folder / "a.sgy", recipe));
  const auto traces = source->read_traces(3);
  ASSERT_EQ(traces.bad.size(), 2u);
  EXPECT_EQ(traces.bad[1].sample, 21);
  EXPECT_NEAR(sample_of(*source, traces.section, 20, 1), recipe.value(3, 1, 0, 19) * 2 / 3 + recipe.value(3, 1, 0, 22) / 3, 1e-4);
  EXPECT_THAT(source->remarks(),
              ElementsAre("2 samples are no finite numbers; what lies beside them was taken in their place, their bytes are kept: trace 19 "
                          "(inline 13, crossline 202), sample 20; trace 19 (inline 13, crossline 202), sample 21"));
}

TEST(SegySource, IsKnownByItsContentToo) {
  const TempFolder folder;
  for (const bool ascii : {false, true}) {
    SegyRecipe recipe;
    recipe.ascii = ascii;
    put_segy(folder / "survey.dat", recipe);
    EXPECT_TRUE(is_volume(folder / "survey.dat"));
    EXPECT_EQ(open_volume(folder / "survey.dat")->info().format, "SEG-Y");
  }
  put(folder / "other.dat", std::string(10000, 'C'));
  EXPECT_FALSE(is_volume(folder / "other.dat"));
}

TEST(SegySource, HasNoAxes) {
  const TempFolder folder;
  VolumeOptions options;
  options.axis = Axis::x;
  EXPECT_THAT(message_of<ArgumentError>([&] { open_volume(put_segy(folder / "a.sgy", {}), options); }),
              HasSubstr("leave out --axis and use --sections"));
}

}  // namespace
}  // namespace firstframe
