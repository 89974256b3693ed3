#include "io/volume/volume_draft.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <cstring>
#include <memory>

#include "core/base/error.h"
#include "io/volume/volume_frames.h"
#include "tests/io/sections.h"
#include "tests/io/temp_folder.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

VolumeInfo volume(std::int64_t count = 6) {
  VolumeInfo info;
  info.stored = StoredType::uint16;
  info.geometry.size = {40, 30, count};
  return info;
}

Section section(std::int64_t index) { return noise(SampleType::uint16, 1, {30, 40}, static_cast<unsigned>(index + 1)); }

std::unique_ptr<SectionSink> sink_to(const fs::path& path, bool resume = false, const std::string& fingerprint = "pair 1") {
  return open_volume_sink(path, volume(), {.axis = Axis::z, .fingerprint = fingerprint, .resume = resume});
}

void write_rest(SectionSink& sink, std::int64_t end = 6) {
  for (auto i = sink.first_missing(); i < end; ++i) sink.write(i, section(i).view());
}

TEST(VolumeFrameSink, LeavesNothingOfWorkThatNothingGoesOnWith) {
  const TempFolder folder;
  for (const auto* name : {"a.mha", "pictures"}) {
    open_volume_frame_sink(folder / name, volume(), {})->write({section(0), "section 0"});
    EXPECT_TRUE(fs::is_empty(folder.path())) << name;
  }
}

// Files may not grow beyond, nor be written beyond, `bytes`: a disk that fills.
class FileLimit {
 public:
  explicit FileLimit(rlim_t bytes) {
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit now{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &now);
  }
  ~FileLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_{};
  void (*handler_)(int);
};

class VolumeDraftOf : public testing::TestWithParam<const char*> {};

TEST_P(VolumeDraftOf, GoesOnWhereAStoppedRunWasWithTheSameBytes) {
  const TempFolder folder;
  const std::string name = GetParam();
  {
    const auto sink = sink_to(folder / ("whole" + name));
    write_rest(*sink);
    sink->finish();
  }
  write_rest(*sink_to(folder / ("a" + name)), 4);
  EXPECT_FALSE(fs::exists(folder / ("a" + name)));
  const auto sink = sink_to(folder / ("a" + name), /*resume=*/true);
  EXPECT_EQ(sink->first_missing(), 4);
  write_rest(*sink);
  sink->finish();
  auto whole = content_of(folder / ("whole" + name));
  if (const auto at = whole.find("whole.raw"); at != whole.npos) whole.replace(at, 9, "a.raw");
  EXPECT_EQ(content_of(folder / ("a" + name)), whole);
  if (name == ".mhd" || name == ".nhdr") {
    EXPECT_EQ(content_of(folder / "a.raw"), content_of(folder / "whole.raw"));
  }
  for (const auto& left : folder.names()) EXPECT_EQ(left.find(".part"), left.npos) << left;
}

INSTANTIATE_TEST_SUITE_P(Formats, VolumeDraftOf, testing::Values(".mha", ".mhd", ".nrrd", ".nhdr", ".raw"));

TEST(VolumeDraft, LeavesWhatStoodThereUntilItIsWhole) {
  const TempFolder folder;
  put(folder / "a.mha", "old");
  write_rest(*sink_to(folder / "a.mha"), 3);
  EXPECT_EQ(content_of(folder / "a.mha"), "old");
  EXPECT_THAT(folder.names(), ElementsAre("a.mha", "a.mha.part", "a.mha.part.json"));
}

TEST(VolumeDraft, BeginsAnewWithoutResumeAndWhenNothingIsThere) {
  const TempFolder folder;
  EXPECT_EQ(sink_to(folder / "a.mha", /*resume=*/true)->first_missing(), 0);
  write_rest(*sink_to(folder / "a.mha"), 3);
  EXPECT_EQ(sink_to(folder / "a.mha")->first_missing(), 0);
}

TEST(VolumeDraft, IsNotGoneOnWithForAnotherInput) {
  const TempFolder folder;
  write_rest(*sink_to(folder / "a.mha"), 3);
  EXPECT_EQ(message_of<ArgumentError>([&] { sink_to(folder / "a.mha", true, "pair 2"); }),
            (folder / "a.mha.part.json").string() +
                ": the draft was made from another input, model or settings; repeat the command that was stopped, or begin "
                "anew without --resume");
  EXPECT_EQ(sink_to(folder / "a.mha", true)->first_missing(), 3);
}

TEST(VolumeDraft, SaysThatItWasCut) {
  const TempFolder folder;
  write_rest(*sink_to(folder / "a.raw"), 3);
  fs::resize_file(folder / "a.raw.part", 100);
  EXPECT_EQ(message_of<FormatError>([&] { sink_to(folder / "a.raw", true); }),
            (folder / "a.raw.part").string() + ": has 100 bytes, its journal promises 14400; begin anew without --resume");
  put(folder / "a.raw.part.json", "{");
  EXPECT_THAT(message_of<FormatError>([&] { sink_to(folder / "a.raw", true); }), HasSubstr("cannot be understood"));
}

TEST(VolumeDraft, IsWrittenByOneRunAtATime) {
  const TempFolder folder;
  const auto first = sink_to(folder / "a.mha");
  EXPECT_EQ(message_of<OutputError>([&] { sink_to(folder / "a.mha"); }),
            (folder / "a.mha").string() + ": another run is writing " + (folder / "a.mha.part").string() +
                "; wait for it or stop it");
}

TEST(VolumeDraft, CanBeGoneOnWithAfterTheDiskWasFull) {
  const TempFolder folder;
  {
    const auto sink = sink_to(folder / "a.raw");
    const FileLimit limit(4 * 2400 + 7);  // the fifth section does not fit; the journal does, in its block
    EXPECT_EQ(message_of<OutputError>([&] { write_rest(*sink); }),
              (folder / "a.raw").string() + ": cannot be written: File too large; what is done stays in " +
                  (folder / "a.raw.part").string() + ", go on with --resume");
  }
  const auto sink = sink_to(folder / "a.raw", true);
  EXPECT_EQ(sink->first_missing(), 4);
  write_rest(*sink);
  sink->finish();
  const auto content = content_of(folder / "a.raw");
  EXPECT_EQ(content.size(), 14400u);
  EXPECT_EQ(content.substr(4 * 2400, 2400), std::string(reinterpret_cast<const char*>(section(4).view().data), 2400));
}

TEST(VolumeDraft, RefusesADiskWithoutRoomAndLeavesNothingThere) {
  const SmallDisk disk("64k");
  FIRSTFRAME_SKIP_UNLESS_MOUNTED(disk);
  EXPECT_THAT(message_of<OutputError>([&] { open_volume_sink(disk.folder() / "a.mha", volume(100), {}); }),
              HasSubstr("a.mha: the disk is full: "));
  EXPECT_THAT(disk.folder().names(), ElementsAre());
}

TEST(VolumeDraft, WantsSectionsInOrderAndAllOfThem) {
  const TempFolder folder;
  const auto sink = sink_to(folder / "a.mha");
  write_rest(*sink, 2);
  EXPECT_THAT(message_of<ArgumentError>([&] { sink->write(3, section(3).view()); }),
              HasSubstr(": section 3 was given, section 2 of 6 is next"));
  EXPECT_THAT(message_of<ArgumentError>([&] { sink->finish(); }), HasSubstr(": 2 of 6 sections are written"));
}

TEST(VolumeDraft, ReplacesTheFileBehindALinkAndKeepsItsPermissions) {
  const TempFolder folder;
  fs::create_directory(folder / "elsewhere");
  put(folder / "elsewhere/a.mha", "old");
  fs::permissions(folder / "elsewhere/a.mha", fs::perms::owner_read | fs::perms::owner_write);
  fs::create_symlink("elsewhere/a.mha", folder / "latest.mha");
  const auto sink = sink_to(folder / "latest.mha");
  write_rest(*sink);
  sink->finish();
  EXPECT_TRUE(fs::is_symlink(folder / "latest.mha"));
  EXPECT_GT(fs::file_size(folder / "elsewhere/a.mha"), 14400u);
  EXPECT_EQ(fs::status(folder / "elsewhere/a.mha").permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST(VolumeDraft, IsWipedOnlyWhenItsJournalNoLongerPromisesIt) {
  const TempFolder folder;
  write_rest(*sink_to(folder / "a.mha"), 3);
  const auto before = content_of(folder / "a.mha.part");
  fs::remove(folder / "a.mha.part.json");
  fs::create_symlink("/dev/full", folder / "a.mha.part.json");  // a journal that cannot be brought up to date
  EXPECT_THAT(message_of<OutputError>([&] { sink_to(folder / "a.mha"); }), HasSubstr("the journal cannot be written"));
  EXPECT_EQ(content_of(folder / "a.mha.part"), before);
}

TEST(VolumeDraft, LeavesAPartThatIsSomebodyElses) {
  const TempFolder folder;
  put(folder / "a.mha.part", "a download");
  for (const bool resume : {false, true})
    EXPECT_EQ(message_of<OutputError>([&] { sink_to(folder / "a.mha", resume); }),
              (folder / "a.mha.part").string() + ": is there and no draft of Firstframe's; rename or remove it");
  EXPECT_EQ(content_of(folder / "a.mha.part"), "a download");
}

TEST(VolumeDraft, IsGoneOnWithWhenTheInputsNameIsNotUtf8) {
  const TempFolder folder;
  const std::string input = "eye \xe4.mha of 5 bytes";
  write_rest(*sink_to(folder / "a.mha", false, input), 2);
  EXPECT_EQ(sink_to(folder / "a.mha", true, input)->first_missing(), 2);
}

TEST(VolumeDraft, HasAJournalWithoutTheEndOfALongerOne) {
  const TempFolder folder;
  write_rest(*sink_to(folder / "a.mha", false, std::string(9000, 'x')), 2);
  write_rest(*sink_to(folder / "a.mha", false, "short"), 1);
  EXPECT_EQ(fs::file_size(folder / "a.mha.part.json"), 4096u);
  EXPECT_EQ(sink_to(folder / "a.mha", true, "short")->first_missing(), 1);
}

TEST(VolumeDraft, GathersSectionsAlongXAndKeepsThemWhenStopped) {
  const TempFolder folder;
  const auto open = [&](bool resume) {
    return open_volume_sink(folder / "a.raw", volume(), {.axis = Axis::x, .fingerprint = "", .resume = resume});
  };
  const auto along_x = [](std::int64_t i) { return noise(SampleType::uint16, 1, {6, 30}, static_cast<unsigned>(i + 1)); };
  {
    const auto sink = open(false);
    for (std::int64_t i = 0; i < 17; ++i) sink->write(i, along_x(i).view());
    EXPECT_EQ(sink->first_missing(), 17);
  }
  const auto sink = open(true);
  EXPECT_EQ(sink->first_missing(), 17);
  for (std::int64_t i = 17; i < 40; ++i) sink->write(i, along_x(i).view());
  sink->finish();
  const auto content = content_of(folder / "a.raw");
  for (std::int64_t x = 0; x < 40; ++x) {
    const auto truth = along_x(x);
    for (std::int64_t at = 0; at < 6 * 30; ++at)
      ASSERT_EQ(std::memcmp(content.data() + 2 * (at * 40 + x), truth.samples<std::uint16_t>() + at, 2), 0) << x << " " << at;
  }
}

TEST(VolumeDraft, MakesTheFileThatADanglingLinkNames) {
  const TempFolder folder;
  fs::create_directory(folder / "elsewhere");
  fs::create_symlink("elsewhere/a.mha", folder / "latest.mha");
  const auto sink = sink_to(folder / "latest.mha");
  write_rest(*sink);
  sink->finish();
  EXPECT_TRUE(fs::is_symlink(folder / "latest.mha"));
  EXPECT_TRUE(fs::is_regular_file(folder / "elsewhere/a.mha"));
}

}  // namespace
}  // namespace firstframe
