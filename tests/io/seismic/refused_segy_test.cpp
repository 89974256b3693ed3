// Files that are cut, that lie, and that are not read: what is said of each, and which header was believed.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "core/base/error.h"
#include "io/seismic/segy_source.h"
#include "tests/io/seismic/segy_files.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

class RefusedSegy : public testing::Test {
 protected:
  std::string refusal(const std::string& bytes, const SegyOptions& segy = {}, const std::string& name = "a.sgy") {
    put(folder / name, bytes);
    VolumeOptions options;
    options.segy = segy;
    auto message = message_of<FormatError>([&] { open_volume(folder / name, options); });
    const auto path = (folder / name).string() + ": ";
    if (message.empty()) return "";
    EXPECT_EQ(message.substr(0, path.size()), path);
    return message.substr(path.size());
  }
  std::vector<std::string> remarks(const SegyRecipe& recipe, const SegyOptions& segy = {}) {
    VolumeOptions options;
    options.segy = segy;
    const auto source = open_segy(put_segy(folder / "a.sgy", recipe), options);
    EXPECT_EQ(source->extent(), (Extent{recipe.samples, 6}));
    return source->remarks();
  }

  TempFolder folder;
};

TEST_F(RefusedSegy, CutInATrace) {
  auto bytes = segy_bytes({});
  bytes.resize(bytes.size() - 100);
  EXPECT_EQ(refusal(bytes),
            "is cut, or a header lies: its binary header says 50 samples per trace, its first trace header 50, so a trace takes 440 bytes; the file "
            "has 23 of them and 340 bytes more. Get the whole file, or say the number with --samples N");
}

TEST_F(RefusedSegy, CutInItsHeaders) {
  EXPECT_THAT(refusal(segy_bytes({}).substr(0, 3000)), HasSubstr("is no SEG-Y, or cut: it has 3000 bytes, the headers alone take 3600"));
  EXPECT_THAT(refusal(segy_bytes({}).substr(0, 3700)), HasSubstr("is cut: its headers end at byte 3600, the file has 3700; there is no trace in it"));
  EXPECT_THAT(refusal(""), HasSubstr("is no SEG-Y, or cut: it has 0 bytes"));
}

TEST_F(RefusedSegy, GathersOfAByteThatHoldsNone) {
  SegyRecipe recipe;
  recipe.inlines = 10;  // 60 traces
  auto bytes = segy_bytes(recipe);
  for (int trace = 0; trace < 60; ++trace)
    put_number(bytes, 3600 + static_cast<std::size_t>(trace) * 440 + 20, 4, std::max(0, trace - 29), true);
  EXPECT_EQ(refusal(bytes, {.sections = SegySections::gathers, .gather_byte = 21}),
            "there are no gathers: 60 traces make 31 runs of one number at byte 21 of their headers, the longest of 30 traces, which is too "
            "uneven for sections of one size; say where a gather's number is with --gather-byte, or use --sections all");
  EXPECT_EQ(refusal(bytes, {.sections = SegySections::gathers}), "");
}

TEST_F(RefusedSegy, SomethingElse) {
  EXPECT_THAT(refusal(std::string(5000, '\x7f')), HasSubstr("its binary header says format code 32639, which is none; read are 1 IBM float"));
}

TEST_F(RefusedSegy, FormatsThatAreNotRead) {
  for (const auto& [code, name] : {std::pair(4, "fixed point with gain"), {6, "float64"}, {7, "int24"}, {11, "uint16"}, {16, "uint8"}})
    EXPECT_THAT(refusal(segy_bytes({.said_format = code})),
                HasSubstr("its samples are " + std::string(name) + " (format code " + std::to_string(code) + "), which is not read"));
  EXPECT_THAT(refusal(segy_bytes({.said_format = 0})), HasSubstr("its binary header says format code 0, which is none"));
}

TEST_F(RefusedSegy, MoreSamplesThanAreCounted) {
  EXPECT_EQ(refusal(segy_bytes({.inlines = 1, .crosslines = 1, .samples = 40000})),
            "has 40000 samples per trace; up to 32767 are read. Resample it, or cut it in time");
}

TEST_F(RefusedSegy, FieldsOfRevision2) {
  auto bytes = segy_bytes({.revision = 0x0200});
  EXPECT_EQ(refusal(bytes), "");  // none of them is used
  put_number(bytes, 3268, 4, 100000, true);
  EXPECT_EQ(refusal(bytes), "says 100000 samples per trace in bytes 3269-3272, a field of SEG-Y revision 2 that is not read; write it as revision 1");
  bytes = segy_bytes({.revision = 0x0200});
  put_number(bytes, 3506, 4, 1, true);
  EXPECT_THAT(refusal(bytes), HasSubstr("has 1 additional headers per trace"));
  bytes = segy_bytes({.revision = 0x0200});
  put_number(bytes, 3520, 8, 10000, true);
  EXPECT_THAT(refusal(bytes), HasSubstr("says that the traces begin at byte 10000"));
  bytes = segy_bytes({});
  put_number(bytes, 3504, 2, -1, true);
  EXPECT_THAT(refusal(bytes), HasSubstr("says -1 extended text headers, a number that varies"));
}

TEST_F(RefusedSegy, TracesOfSeveralLengths) {
  const SegyRecipe long_one{.samples = 50}, short_one{.samples = 40};
  auto bytes = segy_headers(long_one) + segy_trace(long_one, 0, 0, 0, 0) + segy_trace(long_one, 0, 1, 0, 1);
  bytes += segy_trace(short_one, 0, 2, 0, 2) + segy_trace(long_one, 0, 3, 0, 3);
  EXPECT_EQ(refusal(bytes), "trace 0 has 50 samples, trace 2 has 40; traces of several lengths are not read. Split the file, or pad its "
                            "traces to one length");
  // Lengths that add up to whole traces of the announced one.
  const SegyRecipe longer{.samples = 60};
  bytes = segy_headers(long_one) + segy_trace(long_one, 0, 0, 0, 0) + segy_trace(longer, 0, 1, 0, 1) + segy_trace(short_one, 0, 2, 0, 2);
  EXPECT_THAT(refusal(bytes), HasSubstr("trace 0 has 50 samples, trace 1 has 60; traces of several lengths are not read"));
}

TEST_F(RefusedSegy, SamplesThatAreNotWhatTheHeaderSays) {
  SegyRecipe recipe{.inlines = 8, .crosslines = 40};
  recipe.value = [](int inl, int xl, int, int sample) { return 1000 * std::sin(0.31 * sample + 0.7 * inl + 1.3 * xl); };
  recipe.said_format = 1;
  EXPECT_EQ(refusal(segy_bytes(recipe)), "the header says IBM float, the samples look like IEEE float (--sample-format 5 --byte-order big); say it "
                                         "so, or insist with --sample-format 1");
  EXPECT_EQ(refusal(segy_bytes(recipe), {.format = 5}), "");
  recipe.format = 1;
  recipe.said_format = 5;
  EXPECT_EQ(refusal(segy_bytes(recipe)), "the header says IEEE float, the samples look like IBM float (--sample-format 1 --byte-order big); say it "
                                         "so, or insist with --sample-format 5");
  EXPECT_EQ(refusal(segy_bytes(recipe), {.format = 1}), "");
  for (const int format : {1, 5}) {
    recipe.format = recipe.said_format = format;
    EXPECT_EQ(refusal(segy_bytes(recipe)), "");
    recipe.said_format = -1;
    recipe.big_endian = false;
    EXPECT_EQ(refusal(segy_bytes(recipe)), "");  // headers and samples agree
    recipe.big_endian = true;
  }
}

TEST_F(RefusedSegy, SaysWhichSampleCountWasBelieved) {
  EXPECT_THAT(remarks({.said_samples = 71}), ElementsAre("its binary header says 71 samples per trace, its first trace header 50; 50 was believed, "
                                                         "since such traces fill the file"));
  EXPECT_THAT(remarks({.trace_says = 462}), ElementsAre("its binary header says 50 samples per trace, its first trace header 462; 50 was believed, "
                                                        "since such traces fill the file"));
  EXPECT_THAT(remarks({.said_samples = 0}), SizeIs(1));
  EXPECT_THAT(remarks({.trace_says = 0}), ElementsAre());
  EXPECT_THAT(remarks({.said_samples = 71, .trace_says = 462}, {.samples = 50}), ElementsAre());
  VolumeOptions options;
  options.segy.samples = 51;
  EXPECT_THAT(message_of<ArgumentError>([&] { open_volume(folder / "a.sgy", options); }), HasSubstr("samples: 51 per trace do not fill"));
}

TEST_F(RefusedSegy, SaysWhichSampleIntervalWasBelieved) {
  EXPECT_THAT(remarks({.interval_us = 4000, .trace_interval_us = 2000}),
              ElementsAre("the binary header says a sample interval of 4000 us, the first trace header 2000 us; 4000 us was believed"));
  EXPECT_THAT(remarks({.interval_us = 0, .trace_interval_us = 2000}), ElementsAre());
  EXPECT_EQ(open_volume(folder / "a.sgy")->info().metadata.at("sample_interval_us"), "2000");
}

TEST_F(RefusedSegy, KeepsATrailerThatIsNoTrace) {
  EXPECT_THAT(remarks({.trailer = std::string(3200, '\x40')}),
              ElementsAre("3200 bytes behind the last trace are no trace; they are kept as they are"));
  EXPECT_THAT(remarks({.trailer = std::string(512, '\0')}), SizeIs(1));
}

TEST_F(RefusedSegy, ReadsAFileOfOneTrace) {
  put_segy(folder / "a.sgy", {.inlines = 1, .crosslines = 1});
  const auto source = open_volume(folder / "a.sgy");
  EXPECT_EQ(source->count(), 1);
  EXPECT_EQ(source->extent(), (Extent{50, 1}));
  EXPECT_EQ(source->read(0).samples<float>()[3], static_cast<float>(SegyRecipe().value(0, 0, 0, 3)));
}

TEST_F(RefusedSegy, ReadsASectionOfDeadTraces) {
  SegyRecipe recipe;
  recipe.value = [](int inl, int, int, int) { return inl == 1 ? 0 : 5; };
  const auto source = open_segy(put_segy(folder / "a.sgy", recipe));
  const auto traces = source->read_traces(1);
  EXPECT_THAT(traces.states, testing::Each(TraceState::dead));
  EXPECT_EQ(traces.section.samples<float>()[17], 0);
}

}  // namespace
}  // namespace firstframe
