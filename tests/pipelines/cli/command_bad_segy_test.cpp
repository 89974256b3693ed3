// SEG-Y that is off, and annotations and places that do not fit: what the command says, and its exit code.

#include "tests/pipelines/cli/segy_survey.h"

namespace firstframe {
namespace {

using testing::HasSubstr;

using CommandBadSegy = SegySurvey;

TEST_F(CommandBadSegy, RefusesAnAnnotationOfAnotherLine) {
  auto one = recipe;
  one.value = [](int, int xl, int, int sample) { return event(3, xl, sample); };
  one.inlines = 1;
  put_segy(scratch / "clean.sgy", one);  // inline 10; --slice 2 is inline 12
  expect_refused(train(), 65, "clean.sgy: holds inline 10, section 2 of ");
  auto shorter = recipe;
  shorter.crosslines = 30;
  put_segy(scratch / "clean.sgy", shorter);
  expect_refused(train(), 65, "clean.sgy: its section has 64 samples of 30 traces");
  auto faster = recipe;
  faster.interval_us = faster.trace_interval_us = 2000;
  put_segy(scratch / "clean.sgy", faster);
  expect_refused(train(), 65, "clean.sgy: its samples are 2000 us apart, those of ");
}

TEST_F(CommandBadSegy, RefusesASectionOfDeadTraces) {
  auto dead = recipe;
  dead.value = [this](int inl, int xl, int o, int s) { return inl == 2 ? 0 : recipe.value(inl, xl, o, s); };
  put_segy(scratch / "noisy.sgy", dead);
  expect_refused(train(), 65, "noisy.sgy: inline 12 and its clean counterpart have no live trace in common; annotate another one");
}

TEST_F(CommandBadSegy, RefusesFilesThatAreOff) {
  use_good_model();
  const auto refused = [&](const std::string& bytes, const std::string& sentence) {
    put(scratch / "bad.sgy", bytes);
    expect_refused(restore(scratch / "bad.sgy", scratch / "out.sgy"), 65, sentence);
    EXPECT_EQ(firstframe_command({"inspect", scratch / "bad.sgy"}).code, 65);
  };
  const auto bytes = segy_bytes(recipe);
  refused(bytes.substr(0, bytes.size() - 77), "bad.sgy: is cut, or a header lies: its binary header says 64 samples per trace");
  refused(bytes.substr(0, 3000), "bad.sgy: is no SEG-Y, or cut");
  refused("", "bad.sgy: is no SEG-Y, or cut: it has 0 bytes");
  auto lying = recipe;
  lying.said_format = 5;
  refused(segy_bytes(lying), "bad.sgy: the header says IEEE float, the samples look like IBM float (--sample-format 1 --byte-order big)");
  lying.said_format = 6;
  refused(segy_bytes(lying), "bad.sgy: its samples are float64 (format code 6), which is not read");
  expect_refused(restore(scratch / "noisy.sgy", scratch / "out.sgy", {"--sections", "inline", "--inline-byte", "17", "--crossline-byte", "17"}), 65,
                 "there are no inlines: every trace has inline 0 and crossline 0 at bytes 17 and 17");
  expect_refused(restore(scratch / "noisy.sgy", scratch / "out.sgy", {"--axis", "x"}), 64, "leave out --axis and use --sections");
}

TEST_F(CommandBadSegy, RefusesSamplesOfAnotherKindThanTheModels) {
  use_good_model();
  auto integers = recipe;
  integers.format = 3;
  put_segy(scratch / "integers.sgy", integers);
  expect_refused(restore(scratch / "integers.sgy", scratch / "out.sgy"), 65,
                 "integers.sgy: holds int16, the model was trained on float32; say with --range -");
  EXPECT_EQ(restore(scratch / "integers.sgy", scratch / "ranged.sgy", {"--range", "-1500:1500"}).code, 0);
}

TEST_F(CommandBadSegy, RefusesGainWithoutASampleInterval) {
  ASSERT_EQ(train({"--agc", "100"}).code, 0);
  recipe.interval_us = recipe.trace_interval_us = 0;
  put_segy(scratch / "silent.sgy", recipe);
  const std::string sentence = ".sgy: its headers lack the sample interval, by which the window of automatic gain control is counted";
  expect_refused(restore(scratch / "silent.sgy", scratch / "out.sgy"), 65, "silent" + sentence);
  put_segy(scratch / "noisy.sgy", recipe);
  expect_refused(train({"--agc", "100"}), 65, "noisy" + sentence);
}

TEST_F(CommandBadSegy, RefusesPlacesThatCannotBeWritten) {
  use_good_model();
  expect_refused(restore(scratch / "noisy.sgy", scratch / "none/out.sgy"), 73, "none");
  expect_refused(restore(scratch / "noisy.sgy", scratch / "noisy.sgy"), 64, "is the input itself, which is not overwritten");
  expect_refused(restore(scratch / "noisy.sgy", scratch / "out.su"), 64, "the output is a copy of the input, which is SEG-Y");
  expect_refused(restore(scratch / "noisy.sgy", "/proc/out.sgy"), 73, "/proc/out.sgy");
  const SmallDisk disk("64k");
  FIRSTFRAME_SKIP_UNLESS_MOUNTED(disk);
  expect_refused(restore(scratch / "noisy.sgy", disk.folder() / "out.sgy"), 73, "the disk is full");
  EXPECT_THAT(disk.folder().names(), testing::ElementsAre());
}

TEST_F(CommandBadSegy, RefusesSegyFlagsForOtherInputs) {
  put(scratch / "a.raw", std::string(20000, '\1'));
  const auto result = firstframe_command({"inspect", scratch / "a.raw", "--raw-size", "10x10x100", "--inline-byte", "9"});
  EXPECT_EQ(result.code, 64);
  EXPECT_THAT(result.err, HasSubstr("a.raw: is no SEG-Y and no SU; leave out"));
}

}  // namespace
}  // namespace firstframe
