#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>

#include "core/base/error.h"
#include "core/frame/section.h"
#include "io/seismic/segy_source.h"
#include "io/volume/section_sink.h"
#include "tests/io/seismic/segy_files.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

Section as_it_is(Section section) { return section; }

// Adds to every sample, as a restorer would.
Section plus(Section section, int added) {
  const auto count = section.extent().area();
  for (std::int64_t i = 0; i < count; ++i) {
    if (section.type() == SampleType::uint8) section.samples<std::uint8_t>()[i] += static_cast<std::uint8_t>(added);
    if (section.type() == SampleType::uint16) section.samples<std::uint16_t>()[i] += static_cast<std::uint16_t>(added);
    if (section.type() == SampleType::float32) section.samples<float>()[i] += static_cast<float>(added);
  }
  return section;
}

template <typename Work>
std::unique_ptr<SectionSink> pass_through(const fs::path& from, const fs::path& to, const Work& work, const SegyOptions& segy = {},
                                          std::int64_t until = INT64_MAX, bool resume = false) {
  VolumeOptions options;
  options.segy = segy;
  const auto source = open_volume(from, options);
  SinkOptions how;
  how.resume = resume;
  auto sink = open_volume_sink(to, source->info(), how, from);
  for (auto i = sink->first_missing(); i < std::min(until, source->count()); ++i) sink->write(i, work(source->read(i)).view());
  if (until == INT64_MAX) sink->finish();
  return sink;
}

// Format, whether big-endian and inline by inline or the other way in both, what a section is.
class SegySinkOf : public testing::TestWithParam<std::tuple<int, bool, SegySections>> {
 protected:
  SegyRecipe recipe() const {
    SegyRecipe recipe;
    recipe.format = std::get<0>(GetParam());
    recipe.big_endian = std::get<1>(GetParam());
    recipe.by_crossline = !recipe.big_endian;
    recipe.offsets = 2;
    recipe.extended = 1;
    recipe.is_missing = [](int inl, int xl) { return inl == 1 && xl == 4; };
    recipe.is_marked_dead = [](int inl, int xl) { return inl == 2 && xl == 3; };
    recipe.trailer = std::string(3200, '\x40');
    return recipe;
  }
  SegyOptions options() const {
    SegyOptions options;
    options.sections = std::get<2>(GetParam());
    return options;
  }
};

TEST_P(SegySinkOf, GivesTheSameBytesWhenNothingIsRestored) {
  const TempFolder folder;
  put_segy(folder / "a.sgy", recipe());
  pass_through(folder / "a.sgy", folder / "b.sgy", as_it_is, options());
  EXPECT_EQ(content_of(folder / "b.sgy"), content_of(folder / "a.sgy"));
}

TEST_P(SegySinkOf, ChangesTheSamplesOfLiveTracesAndNothingElse) {
  const TempFolder folder;
  auto wanted = recipe();
  put_segy(folder / "a.sgy", wanted);
  pass_through(folder / "a.sgy", folder / "b.sgy", [](Section section) { return plus(std::move(section), 3); }, options());
  const auto value = wanted.value;
  wanted.value = [=](int inl, int xl, int offset, int sample) {
    return value(inl, xl, offset, sample) + (inl == 2 && xl == 3 ? 0 : 3);
  };
  EXPECT_EQ(content_of(folder / "b.sgy"), segy_bytes(wanted));
}

TEST_P(SegySinkOf, GoesOnAfterAStopWithTheSameBytes) {
  const TempFolder folder;
  put_segy(folder / "a.sgy", recipe());
  const auto work = [](Section section) { return plus(std::move(section), 3); };
  pass_through(folder / "a.sgy", folder / "whole.sgy", work, options());
  const std::int64_t until = options().sections == SegySections::everything ? 0 : 2;
  pass_through(folder / "a.sgy", folder / "b.sgy", work, options(), until);
  EXPECT_FALSE(fs::exists(folder / "b.sgy"));
  const auto sink = pass_through(folder / "a.sgy", folder / "b.sgy", work, options(), INT64_MAX, /*resume=*/true);
  EXPECT_EQ(content_of(folder / "b.sgy"), content_of(folder / "whole.sgy"));
  EXPECT_THAT(folder.names(), ElementsAre("a.sgy", "b.sgy", "whole.sgy"));
}

INSTANTIATE_TEST_SUITE_P(All, SegySinkOf,
                         testing::Combine(testing::Values(1, 2, 3, 5, 8), testing::Bool(),
                                          testing::Values(SegySections::inlines, SegySections::crosslines, SegySections::gathers,
                                                          SegySections::everything)));

// Words that no program would write: unnormalised, -0, below and beyond float32.
TEST(SegySink, KeepsIbmFloatsThatHaveAnotherForm) {
  const TempFolder folder;
  auto bytes = segy_bytes({.format = 1});
  const std::uint32_t odd[] = {0x80000000, 0x41000001, 0x00000001, 0x21100000, 0x7fffffff, 0xff123456, 0x46000010};
  std::size_t at = 3600 + 240;
  for (const auto word : odd) put_number(bytes, at, 4, word, true), at += 4;
  put(folder / "a.sgy", bytes);
  pass_through(folder / "a.sgy", folder / "b.sgy", as_it_is, {.format = 1});
  EXPECT_EQ(content_of(folder / "b.sgy"), bytes);
}

TEST(SegySink, KeepsWhatIsNoNumberWhereItStood) {
  const TempFolder folder;
  SegyRecipe recipe;
  const auto value = recipe.value;
  recipe.value = [value](int inl, int xl, int o, int s) { return inl == 0 && xl == 2 && s == 7 ? std::nan("") : value(inl, xl, o, s); };
  put_segy(folder / "a.sgy", recipe);
  pass_through(folder / "a.sgy", folder / "b.sgy", [](Section section) { return plus(std::move(section), 3); });
  recipe.value = [value](int inl, int xl, int o, int s) { return inl == 0 && xl == 2 && s == 7 ? std::nan("") : value(inl, xl, o, s) + 3; };
  EXPECT_EQ(content_of(folder / "b.sgy"), segy_bytes(recipe));
}

TEST(SegySink, KeepsZerosWithOneNanAsTheDeadTraceThatTheyAre) {
  const TempFolder folder;
  for (const int format : {1, 5}) {
    SegyRecipe recipe;
    recipe.format = format;
    const auto value = recipe.value;
    recipe.value = [=](int inl, int xl, int o, int s) {
      if (inl == 0 && xl == 2) return s == 7 && format == 5 ? std::nan("") : 0.0;
      return value(inl, xl, o, s);
    };
    put_segy(folder / "a.sgy", recipe);
    pass_through(folder / "a.sgy", folder / "b.sgy", [](Section section) { return plus(std::move(section), 3); });
    const auto degraded = recipe.value;
    recipe.value = [=](int inl, int xl, int o, int s) { return degraded(inl, xl, o, s) + (inl == 0 && xl == 2 ? 0 : 3); };
    EXPECT_EQ(content_of(folder / "b.sgy"), segy_bytes(recipe)) << format;
  }
}

TEST(SegySink, LimitsWhatIntegersCannotHoldAndCountsIt) {
  const TempFolder folder;
  SegyRecipe recipe;
  recipe.format = 3;
  put_segy(folder / "a.sgy", recipe);
  const auto far = [](const Section& section) {
    Section floats(SampleType::float32, 1, section.extent());
    for (std::int64_t i = 0; i < section.extent().area(); ++i) floats.samples<float>()[i] = 32768.4f;  // stored 0.4
    floats.samples<float>()[0] = 70000;
    floats.samples<float>()[1] = -5;
    return floats;
  };
  const auto sink = pass_through(folder / "a.sgy", folder / "b.sgy", far);
  EXPECT_EQ(sink->clipped(), 8);
  recipe.value = [](int, int xl, int, int sample) { return sample > 0 ? 0 : xl == 0 ? 32767 : xl == 1 ? -32768 : 0; };
  EXPECT_EQ(content_of(folder / "b.sgy"), segy_bytes(recipe));
}

TEST(SegySink, WritesResidualsWithZerosWhereNothingWasRestored) {
  const TempFolder folder;
  for (const int format : {1, 2, 3, 5, 8}) {
    SegyRecipe recipe;
    recipe.format = format;
    recipe.is_marked_dead = [](int inl, int xl) { return inl == 2 && xl == 3; };
    const auto source = open_volume(put_segy(folder / "a.sgy", recipe));
    auto info = source->info();
    info.stored = StoredType::float32;
    const auto sink = open_volume_sink(folder / "b.sgy", info, {.axis = Axis::z, .fingerprint = "", .is_residual = true}, folder / "a.sgy");
    for (std::int64_t i = 0; i < source->count(); ++i) {
      Section removed(SampleType::float32, 1, source->extent());
      for (std::int64_t j = 0; j < removed.extent().area(); ++j) removed.samples<float>()[j] = static_cast<float>(j % 5) - 2;
      sink->write(i, removed.view());
    }
    sink->finish();
    recipe.value = [](int inl, int xl, int, int sample) { return inl == 2 && xl == 3 ? 0 : (sample * 6 + xl) % 5 - 2; };
    EXPECT_EQ(content_of(folder / "b.sgy"), segy_bytes(recipe)) << format;
  }
}

TEST(SegySink, PassesSuThroughInItsOwnByteOrder) {
  const TempFolder folder;
  for (const bool big_endian : {false, true}) {
    SegyRecipe recipe;
    recipe.su = true;
    recipe.big_endian = big_endian;
    put_segy(folder / "a.su", recipe);
    pass_through(folder / "a.su", folder / "b.su", as_it_is);
    EXPECT_EQ(content_of(folder / "b.su"), content_of(folder / "a.su"));
    EXPECT_THAT(message_of<ArgumentError>([&] { pass_through(folder / "a.su", folder / "b.sgy", as_it_is); }),
                HasSubstr("the output is a copy of the input, which is SU; choose the ending .su"));
  }
}

TEST(SegySink, RefusesAmplitudesThatAreNone) {
  const TempFolder folder;
  put_segy(folder / "a.sgy", {});
  const auto broken = [](Section section) {
    section.samples<float>()[6 * 4 + 2] = std::nanf("");
    return section;
  };
  EXPECT_EQ(message_of<FormatError>([&] { pass_through(folder / "a.sgy", folder / "b.sgy", broken); }),
            "trace 2 (inline 10, crossline 204): restored sample 4 is nan, which is no amplitude; the model does not fit these data");
}

TEST(SegySink, IsAnotherFileThanTheInputAndOfItsSize) {
  const TempFolder folder;
  put_segy(folder / "a.sgy", {});
  EXPECT_THAT(message_of<ArgumentError>([&] { pass_through(folder / "a.sgy", folder / "a.sgy", as_it_is); }),
              HasSubstr("a.sgy: is the input itself, which is not overwritten"));
  auto info = open_volume(folder / "a.sgy")->info();
  info.geometry.size[0] *= 2;
  EXPECT_THAT(message_of<ArgumentError>([&] { open_volume_sink(folder / "b.sgy", info, {}, folder / "a.sgy"); }),
              HasSubstr("b.sgy: SEG-Y keeps its size, 50 x 6 a section; 50 x 12 were to be written"));
  info.segy = nullptr;
  EXPECT_THAT(message_of<ArgumentError>([&] { open_volume_sink(folder / "b.sgy", info, {}, folder / "a.sgy"); }),
              HasSubstr("b.sgy: SEG-Y is written as a copy of a SEG-Y input"));
}

TEST(SegySink, CanBeGoneOnWithAfterTheDiskWasFull) {
  const TempFolder folder;
  SegyRecipe recipe;
  put_segy(folder / "a.sgy", recipe);
  const auto work = [](Section section) { return plus(std::move(section), 1); };
  pass_through(folder / "a.sgy", folder / "whole.sgy", work);
  {
    const auto source = open_volume(folder / "a.sgy");
    const auto sink = open_volume_sink(folder / "b.sgy", source->info(), {}, folder / "a.sgy");
    sink->write(0, work(source->read(0)).view());
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    const rlimit now{3600 + 9 * 440, before.rlim_max};  // into the second inline
    ::setrlimit(RLIMIT_FSIZE, &now);
    const auto message = message_of<OutputError>([&] { sink->write(1, work(source->read(1)).view()); });
    ::setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    EXPECT_THAT(message, HasSubstr("b.sgy: cannot be written: File too large; what is done stays in "));
  }
  pass_through(folder / "a.sgy", folder / "b.sgy", work, {}, INT64_MAX, /*resume=*/true);
  EXPECT_EQ(content_of(folder / "b.sgy"), content_of(folder / "whole.sgy"));
}

TEST(SegySink, RefusesADiskWithoutRoomAndLeavesNothingThere) {
  const TempFolder folder;
  put_segy(folder / "a.sgy", {.inlines = 40});
  const SmallDisk disk("64k");
  FIRSTFRAME_SKIP_UNLESS_MOUNTED(disk);
  EXPECT_THAT(message_of<OutputError>([&] { pass_through(folder / "a.sgy", disk.folder() / "b.sgy", as_it_is); }),
              HasSubstr("b.sgy: the disk is full: "));
  EXPECT_THAT(disk.folder().names(), ElementsAre());
}

// Every SEG-Y at hand, where there are any: nothing but samples of live traces may differ, and of an identity nothing.
TEST(SegySink, KeepsTheBytesOfFieldData) {
  const fs::path data = fs::path(FIRSTFRAME_SOURCE_DIR) / "../shared/data/seismic";
  if (!fs::exists(data)) GTEST_SKIP() << "no field data in " << data;
  const TempFolder folder;
  int files = 0;
  for (const auto& entry : fs::directory_iterator(data)) {
    const auto path = entry.path();
    if (path.extension() != ".sgy" && path.extension() != ".segy") continue;
    ++files;
    pass_through(path, folder / "same.sgy", as_it_is);
    EXPECT_TRUE(content_of(folder / "same.sgy") == content_of(path)) << path;

    pass_through(path, folder / "moved.sgy", [](Section section) { return plus(std::move(section), 1); });
    const auto source = open_segy(path);
    const auto& layout = source->segy().layout;
    auto before = content_of(path), after = content_of(folder / "moved.sgy");
    ASSERT_EQ(after.size(), before.size());
    EXPECT_FALSE(after == before) << path;
    for (std::int64_t trace = 0; trace < layout.traces; ++trace)
      for (auto* bytes : {&before, &after})
        std::fill_n(bytes->begin() + layout.at(trace) + kTraceHeaderBytes, layout.trace_bytes() - kTraceHeaderBytes, '\0');
    EXPECT_TRUE(after == before) << path;
  }
  EXPECT_GT(files, 0);
}

}  // namespace
}  // namespace firstframe
