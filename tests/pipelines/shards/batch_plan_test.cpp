#include "pipelines/shards/batch_plan.h"

#include <gtest/gtest.h>

#include <functional>

#include "core/base/error.h"
#include "tests/io/temp_folder.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

PlannedInput input(const std::string& path, std::int64_t sections) {
  PlannedInput input;
  input.path = path;
  input.print.sample = "xxh3:1";
  input.print.changed = "xxh3:2";
  input.sections = sections;
  input.result_bytes = 4000;
  input.output = path.substr(1);
  return input;
}

BatchPlan plan() {
  BatchPlan plan;
  plan.model = "/models/m.safetensors";
  plan.model_hash = "xxh3:0";
  plan.choices.volume.axis = Axis::y;
  plan.choices.volume.range = ValueRange{-1000.1, 3071};
  plan.choices.volume.raw = RawVolume{{4, 5, 6}, StoredType::int16, true, 12};
  plan.choices.volume.segy.sections = SegySections::gathers;
  plan.choices.volume.segy.crossline_byte = 21;
  plan.choices.volume.segy.big_endian = false;
  plan.choices.channels = ChannelPolicy::all;
  plan.choices.settings.stride = 3;
  plan.choices.settings.device = Device::cpu;
  plan.choices.settings.precision = Precision::bf16;
  plan.inputs = {input("/a.mha", 5), input("/b.mha", 1), input("/c.mha", 14)};
  plan.shards = cut_into_shards(plan.inputs, 6);
  return plan;
}

TEST(BatchPlan, GivesEverySectionToOneShardInOrder) {
  const auto inputs = plan().inputs;
  for (std::int64_t shards = 1; shards <= 20; ++shards) {
    const auto cut = cut_into_shards(inputs, shards);
    ASSERT_EQ(static_cast<std::int64_t>(cut.size()), shards);
    std::int64_t in = 0, next = 0;
    for (const auto& shard : cut) {
      EXPECT_GE(sections_of(shard), 20 / shards);
      EXPECT_LE(sections_of(shard), 20 / shards + 1);
      for (const auto& piece : shard) {
        if (piece.input != in) {
          EXPECT_EQ(next, inputs[static_cast<std::size_t>(in)].sections);
          ++in, next = 0;
        }
        EXPECT_EQ(piece.input, in);
        EXPECT_EQ(piece.first, next);
        EXPECT_GT(piece.count, 0);
        next += piece.count;
      }
    }
    EXPECT_EQ(in, 2);
    EXPECT_EQ(next, 14);
  }
}

TEST(BatchPlan, IsReadAsItWasWritten) {
  const TempFolder folder;
  write_plan(folder.path(), plan());
  const auto read = read_plan(folder.path());
  EXPECT_EQ(read.id(), plan().id());
  EXPECT_EQ(read.choices.volume.range, plan().choices.volume.range);
  EXPECT_EQ(read.choices.volume.raw->header_bytes, 12);
  EXPECT_EQ(read.choices.volume.segy, plan().choices.volume.segy);
  EXPECT_EQ(read.choices.settings, plan().choices.settings);
  EXPECT_EQ(read.inputs[2].print, plan().inputs[2].print);
  EXPECT_EQ(read.shards[5][0].first, plan().shards[5][0].first);
}

TEST(BatchPlan, GivesAKeyThatOnlyWhatMattersChanges) {
  const auto before = plan().key(5);  // of the third input
  const auto key_when = [](const std::function<void(BatchPlan&)>& change) {
    auto other = plan();
    change(other);
    return other.key(5);
  };
  EXPECT_EQ(before, key_when([](auto& p) { p.choices.settings.threads = 7; }));
  EXPECT_EQ(before, key_when([](auto& p) { p.inputs[0].print.sample = "xxh3:9"; }));
  EXPECT_EQ(before, key_when([](auto& p) { p.inputs[2].output = "elsewhere.mha"; }));
  EXPECT_NE(before, plan().key(4));
  EXPECT_NE(before, key_when([](auto& p) { p.model_hash = "xxh3:9"; }));
  EXPECT_NE(before, key_when([](auto& p) { p.inputs[2].print.sample = "xxh3:9"; }));
  EXPECT_NE(before, key_when([](auto& p) { p.inputs[2].residual = "removed.mha"; }));
  EXPECT_NE(before, key_when([](auto& p) { p.choices.settings.stride = 4; }));
  EXPECT_NE(before, key_when([](auto& p) { p.choices.settings.device = Device::cuda; }));
  EXPECT_NE(before, key_when([](auto& p) { p.choices.settings.precision = Precision::f32; }));
  EXPECT_NE(before, key_when([](auto& p) { p.choices.volume.axis = Axis::x; }));
  EXPECT_NE(before, key_when([](auto& p) { p.choices.volume.segy.format = 1; }));
  EXPECT_NE(before, key_when([](auto& p) { p.shards[5][0].first += 1; }));
}

std::string said_of(const std::string& content) {
  const TempFolder folder;
  put(plan_file(folder.path()), content);
  auto said = message_of<FormatError>([&] { read_plan(folder.path()); });
  return said.substr(said.find(": ") + 2);
}

TEST(BatchPlan, RefusesAFileThatWasCutOrEdited) {
  const TempFolder folder;
  write_plan(folder.path(), plan());
  const auto content = content_of(plan_file(folder.path()));
  for (const std::size_t length : {std::size_t{0}, std::size_t{1}, content.size() / 2, content.size() - 3})
    EXPECT_EQ(said_of(content.substr(0, length)), "is cut or no JSON; plan again with --replace, finished shards are kept") << length;

  const auto edited = [&](const std::string& from, const std::string& to) {
    auto other = content;
    const auto at = other.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return said_of(other.replace(at, from.size(), to));
  };
  EXPECT_EQ(
      edited("\"first\": 4", "\"first\": 3"),
      "was edited or damaged: its content does not give the id that it states; plan again with --replace, finished shards are kept");
  EXPECT_EQ(
      edited("\"stride\": \"3\"", "\"stride\": \"4\""),
      "was edited or damaged: its content does not give the id that it states; plan again with --replace, finished shards are kept");
  EXPECT_EQ(edited("\"inputs\"", "\"outputs\""),
            "was edited or damaged: an entry is missing or of another kind; plan again with --replace, finished shards are kept");
  EXPECT_EQ(edited("\"firstframe_batch\": 1", "\"firstframe_batch\": 7"),
            "is of format 7, this Firstframe knows 1; plan again with --replace, finished shards are kept");
}

TEST(BatchPlan, SaysWhereThereIsNone) {
  const TempFolder folder;
  EXPECT_EQ(message_of<MissingFileError>([&] { read_plan(folder.path()); }),
            folder.path().string() + ": holds no batch.json; `firstframe batch plan` makes one");
}

}  // namespace
}  // namespace firstframe
