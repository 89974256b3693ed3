#include "pipelines/shards/shard_file.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "pipelines/shards/content_hash.h"
#include "tests/io/temp_folder.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

namespace fs = std::filesystem;

const auto kKey = hash_of("this plan"), kOther = hash_of("another plan");

// Every section has another shape and content, so that none can stand for another.
Section section(std::int64_t number, SampleType type = SampleType::uint16) {
  Section one(type, 1 + number % 2, {3 + number, 5});
  one.set_range({-1.5, 100.0 + static_cast<double>(number)});
  for (std::size_t i = 0; i < one.size_in_bytes(); ++i)
    one.span().data[i] = static_cast<std::byte>(7 * i + static_cast<std::size_t>(number));
  return one;
}

bool are_equal(const Section& a, const Section& b) {
  return a.type() == b.type() && a.channels() == b.channels() && a.extent() == b.extent() && a.range() == b.range() &&
         std::equal(a.view().data, a.view().data + a.size_in_bytes(), b.view().data);
}

std::int64_t good_sections(const fs::path& file, const std::string& key = kKey) {
  std::int64_t good = 0;
  try {
    for (ShardReader reader(file, key); auto read = reader.next(); ++good)
      EXPECT_TRUE(are_equal(*read, section(good))) << good;
  } catch (const FormatError&) {
  }
  return good;
}

// What a run leaves that is killed after so many sections.
fs::path leave_draft(const TempFolder& folder, std::int64_t sections, const std::string& tag,
                     const std::string& key = kKey) {
  ShardWriter writer(folder / "0000.sections", key, tag);
  for (std::int64_t i = 0; i < sections; ++i) writer.write(section(i));
  return folder / ("0000.sections.part." + tag);
}

TEST(ShardFile, GivesSectionsBackAsTheyWere) {
  const TempFolder folder;
  ShardWriter writer(folder / "0000.sections", kKey, "a");
  for (const auto type : {SampleType::uint8, SampleType::uint16, SampleType::float32}) writer.write(section(2, type));
  const auto sealed = writer.seal();
  ASSERT_TRUE(sealed);
  EXPECT_EQ(folder.names(), std::vector<std::string>{"0000.sections"});
  EXPECT_EQ(sealed->hash, hash_of_file(folder / "0000.sections"));
  EXPECT_EQ(sealed->bytes, static_cast<std::int64_t>(fs::file_size(folder / "0000.sections")));

  ShardReader reader(folder / "0000.sections", kKey);
  for (const auto type : {SampleType::uint8, SampleType::uint16, SampleType::float32})
    EXPECT_TRUE(are_equal(*reader.next(), section(2, type)));
  EXPECT_FALSE(reader.next());
  EXPECT_EQ(reader.so_far().hash, sealed->hash);
}

// Whatever byte is off, the sections before it are good and the one that holds it is not.
TEST(ShardFile, KnowsADamagedByteAnywhere) {
  const TempFolder folder;
  const auto draft = leave_draft(folder, 3, "a");
  const auto content = content_of(draft);
  std::vector<std::size_t> ends{64};  // of the first line, then of each section: 72 bytes, samples, 37 bytes
  for (int i = 0; i < 3; ++i) ends.push_back(ends.back() + 72 + section(i).size_in_bytes() + 37);
  ASSERT_EQ(content.size(), ends.back());
  for (std::size_t at = 0; at < content.size(); ++at) {
    auto damaged = content;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
    put(draft, damaged);
    const auto whole = std::count_if(ends.begin() + 1, ends.end(), [&](auto end) { return end <= at; });
    ASSERT_EQ(good_sections(draft), at < 64 ? 0 : whole) << at;
  }
}

TEST(ShardFile, KnowsWhereAFileWasCut) {
  const TempFolder folder;
  const auto draft = leave_draft(folder, 3, "a");
  const auto content = content_of(draft);
  std::int64_t before = 3;
  for (std::size_t length = content.size(); length > 0; --length) {
    put(draft, content.substr(0, length));
    const auto good = good_sections(draft);
    ASSERT_LE(good, before) << length;
    before = good;
  }
  EXPECT_EQ(before, 0);
}

TEST(ShardFile, TakesOverWhatAKilledRunLeft) {
  const TempFolder folder;
  leave_draft(folder, 2, "short");
  const auto torn = leave_draft(folder, 4, "long");
  put(torn, content_of(torn).substr(0, fs::file_size(torn) - 40));
  ShardWriter writer(folder / "0000.sections", kKey, "c");
  EXPECT_EQ(writer.adopt(/*limit=*/10, /*group=*/1), 3);
  for (std::int64_t i = 3; i < 5; ++i) writer.write(section(i));
  ASSERT_TRUE(writer.seal());
  EXPECT_EQ(good_sections(folder / "0000.sections"), 5);
  EXPECT_EQ(folder.names(), std::vector<std::string>{"0000.sections"});  // the drafts are gone
}

// A section with its residual is taken over with it, or not at all.
TEST(ShardFile, TakesOverWholeGroupsOnly) {
  const TempFolder folder;
  leave_draft(folder, 5, "a");
  ShardWriter writer(folder / "0000.sections", kKey, "b");
  EXPECT_EQ(writer.adopt(10, 2), 2);
  for (std::int64_t i = 4; i < 6; ++i) writer.write(section(i));
  ASSERT_TRUE(writer.seal());
  EXPECT_EQ(good_sections(folder / "0000.sections"), 6);
}

TEST(ShardFile, TakesNothingOfAnotherPlan) {
  const TempFolder folder;
  leave_draft(folder, 3, "a", kOther);
  ShardWriter writer(folder / "0000.sections", kKey, "b");
  EXPECT_EQ(writer.adopt(10, 1), 0);
}

TEST(ShardFile, TakesNoMoreThanTheShardHas) {
  const TempFolder folder;
  leave_draft(folder, 3, "a");
  ShardWriter writer(folder / "0000.sections", kKey, "b");
  EXPECT_EQ(writer.adopt(2, 1), 2);
}

// Two runs of one shard at the same time: whoever ends first publishes, the other finds its draft gone and is content.
TEST(ShardFile, IsHarmlessToWriteTwiceAtOnce) {
  const TempFolder folder;
  ShardWriter first(folder / "0000.sections", kKey, "a"), second(folder / "0000.sections", kKey, "b");
  first.write(section(0));
  second.write(section(0));
  first.write(section(1));
  EXPECT_TRUE(first.seal());
  second.write(section(1));
  EXPECT_FALSE(second.seal());
  EXPECT_EQ(good_sections(folder / "0000.sections"), 2);
  EXPECT_EQ(folder.names(), std::vector<std::string>{"0000.sections"});
}

TEST(ShardFile, LeavesNoDraftWithoutASection) {
  const TempFolder folder;
  leave_draft(folder, 0, "a");
  EXPECT_TRUE(folder.names().empty());
}

TEST(ShardFile, SaysThatTheDiskIsFullAndKeepsWhatItHas) {
  const SmallDisk disk("64k");
  FIRSTFRAME_SKIP_UNLESS_MOUNTED(disk);
  const auto& folder = disk.folder();
  const auto said = message_of<OutputError>([&] {
    ShardWriter writer(folder / "0000.sections", kKey, "a");
    for (std::int64_t i = 0; i < 200; ++i) writer.write(section(i));
  });
  EXPECT_EQ(said,
            (folder / "0000.sections").string() +
                ": cannot be written: No space left on device; free some space and run again, what is done is kept");
  EXPECT_GT(good_sections(folder / "0000.sections.part.a"), 20);
}

}  // namespace
}  // namespace firstframe
