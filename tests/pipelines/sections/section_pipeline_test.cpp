#include "pipelines/sections/section_pipeline.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <thread>

#include "core/base/error.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

// Sections that hold their own number.
class Numbers final : public SectionSource {
 public:
  explicit Numbers(std::int64_t count) { info_.geometry.size = {4, 3, count}; }
  const VolumeInfo& info() const override { return info_; }
  Axis axis() const override { return Axis::z; }
  Section read(std::int64_t index) override {
    if (index == broken) throw FormatError("is cut");
    Section section(SampleType::uint8, 1, extent());
    section.samples<std::uint8_t>()[0] = static_cast<std::uint8_t>(index);
    read_ = index + 1;
    return section;
  }
  std::filesystem::path path() const override { return "numbers"; }
  std::int64_t read_so_far() const { return read_; }

  std::int64_t broken = -1;

 private:
  VolumeInfo info_;
  std::atomic<std::int64_t> read_ = 0;
};

class Kept final : public SectionSink {
 public:
  explicit Kept(std::int64_t first = 0) : first_(first) {}
  std::int64_t first_missing() const override { return first_; }
  void write(std::int64_t index, const SectionView& section) override {
    if (index == full_at) throw OutputError("the disk is full");
    written.emplace_back(index, static_cast<int>(*section.at(0, 0)));
  }
  void finish() override {}
  std::int64_t clipped() const override { return 0; }

  std::vector<std::pair<std::int64_t, int>> written;
  std::int64_t full_at = -1;

 private:
  std::int64_t first_;
};

std::vector<Section> doubled(std::int64_t, const Section& section) {
  std::vector<Section> made;
  made.push_back(section);
  made.back().samples<std::uint8_t>()[0] *= 2;
  return made;
}

void pass(std::int64_t) {}

TEST(RunSections, GivesEverySectionOnceAndInOrder) {
  Numbers source(100);
  Kept kept;
  SectionSink* const sinks[] = {&kept};
  EXPECT_EQ(run_sections(source, sinks, doubled, pass, {}), 100);
  ASSERT_EQ(kept.written.size(), 100u);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(kept.written[static_cast<std::size_t>(i)], (std::pair<std::int64_t, int>(i, 2 * i)));
}

TEST(RunSections, WritesInOrderWhatWasWorkedOnBesideEachOther) {
  Numbers source(100);
  Kept kept;
  SectionSink* const sinks[] = {&kept};
  std::atomic<int> working = 0, most = 0;
  const auto work = [&](std::int64_t index, const Section& section) {
    most = std::max(most.load(), ++working);
    std::this_thread::sleep_for(std::chrono::milliseconds(index % 3));
    --working;
    return doubled(index, section);
  };
  EXPECT_EQ(run_sections(source, sinks, work, pass, {}, WorkOrder::beside_each_other), 100);
  ASSERT_EQ(kept.written.size(), 100u);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(kept.written[static_cast<std::size_t>(i)], (std::pair<std::int64_t, int>(i, 2 * i)));
  EXPECT_GT(most, 1);
  EXPECT_LE(most, 3);
}

TEST(RunSections, BeginsWhereASinkMissesOneAndSparesTheOther) {
  Numbers source(10);
  Kept ahead(7), behind(4);
  SectionSink* const sinks[] = {&ahead, &behind};
  const auto both = [](std::int64_t, const Section& section) { return std::vector<Section>{section, section}; };
  EXPECT_EQ(run_sections(source, sinks, both, pass, {}), 6);
  EXPECT_EQ(ahead.written.front().first, 7);
  EXPECT_EQ(ahead.written.size(), 3u);
  EXPECT_EQ(behind.written.front().first, 4);
}

TEST(RunSections, ReadsNoFurtherAheadThanThreeSections) {
  Numbers source(50);
  Kept kept;
  SectionSink* const sinks[] = {&kept};
  std::int64_t furthest = 0;
  run_sections(source, sinks, doubled,
               [&](std::int64_t done) { furthest = std::max(furthest, source.read_so_far() - done); }, {});
  EXPECT_LE(furthest, 3);
}

TEST(RunSections, SaysHowFarItCameWhenStopped) {
  Numbers source(50);
  Kept kept;
  SectionSink* const sinks[] = {&kept};
  std::stop_source stop;
  const auto text = message_of<Cancelled>([&] {
    run_sections(source, sinks, doubled, [&](std::int64_t done) { if (done == 5) stop.request_stop(); }, stop.get_token());
  });
  EXPECT_GE(kept.written.size(), 5u);
  EXPECT_LE(kept.written.size(), 8u);
  EXPECT_EQ(text, "stopped after " + std::to_string(kept.written.size()) +
                      " of 50 sections; repeat the command with --resume to go on");
}

TEST(RunSections, NamesTheSectionThatCannotBeRead) {
  Numbers source(9);
  source.broken = 4;
  Kept kept;
  SectionSink* const sinks[] = {&kept};
  EXPECT_EQ(message_of<FormatError>([&] { run_sections(source, sinks, doubled, pass, {}); }), "section 4: is cut");
}

TEST(RunSections, StopsAtAFullDisk) {
  Numbers source(9);
  Kept kept;
  kept.full_at = 3;
  SectionSink* const sinks[] = {&kept};
  EXPECT_EQ(message_of<OutputError>([&] { run_sections(source, sinks, doubled, pass, {}); }), "the disk is full");
  EXPECT_EQ(kept.written.size(), 3u);
}

}  // namespace
}  // namespace firstframe
