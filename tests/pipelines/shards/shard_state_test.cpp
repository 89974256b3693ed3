#include "pipelines/shards/shard_state.h"

#include <gtest/gtest.h>

#include "pipelines/shards/content_hash.h"
#include "tests/io/temp_folder.h"

namespace firstframe {
namespace {

namespace fs = std::filesystem;
using Kind = ShardState::Kind;

// A plan of two shards with two sections each; the second is finished.
class ShardStateTest : public testing::Test {
 protected:
  ShardStateTest() {
    plan.inputs.emplace_back().path = "/a.mha";
    plan.inputs.back().sections = 4;
    plan.shards = cut_into_shards(plan.inputs, 2);
    fs::create_directory(folder / "shards");
    finish();
  }

  void finish() {
    const ShardFolder shards(folder.path(), plan);
    ShardWriter writer(shards.results(1), plan.key(1), "t");
    for (int i = 0; i < 2; ++i) writer.write(Section(SampleType::uint8, 1, {4, 4}));
    write_manifest(shards, 1, {plan.key(1), 2, *writer.seal(), this_run(), "cpu", 0.5});
  }

  ShardState state(bool verify = true, std::int64_t shard = 1) const {
    return state_of(ShardFolder(folder.path(), plan), plan, shard, verify);
  }
  fs::path file(const std::string& ending) const { return folder / ("shards/0001" + ending); }

  TempFolder folder;
  BatchPlan plan;
};

TEST_F(ShardStateTest, KnowsAFinishedShardByItsManifest) {
  EXPECT_EQ(state().kind, Kind::finished);
  EXPECT_EQ(state().manifest.by.pid, this_run().pid);
  EXPECT_EQ(state(true, 0).kind, Kind::missing);
  fs::last_write_time(file(".sections"), fs::file_time_type::clock::now() - std::chrono::hours(1000));
  EXPECT_EQ(state().kind, Kind::finished);  // times say nothing
}

TEST_F(ShardStateTest, KnowsAResultOfAnotherPlan) {
  plan.model_hash = "xxh3:other";
  EXPECT_EQ(state().kind, Kind::stale);
}

TEST_F(ShardStateTest, KnowsADamagedResult) {
  auto content = content_of(file(".sections"));
  content[100] ^= 1;
  put(file(".sections"), content);
  EXPECT_EQ(state(/*verify=*/false).kind, Kind::finished);
  EXPECT_EQ(state(/*verify=*/true).kind, Kind::damaged);
  EXPECT_EQ(state().why, file(".sections").string() + " has not the hash that its manifest states");
  put(file(".sections"), content + "x");
  EXPECT_EQ(state(/*verify=*/false).kind, Kind::damaged);
  fs::remove(file(".sections"));
  EXPECT_EQ(state(/*verify=*/false).kind, Kind::damaged);
}

TEST_F(ShardStateTest, TrustsNoManifestThatWasCutOrEdited) {
  const auto content = content_of(file(".json"));
  for (std::size_t length = 0; length + 2 < content.size(); ++length) {
    put(file(".json"), content.substr(0, length));
    ASSERT_EQ(state().kind, Kind::damaged) << length;
  }
  const auto edited = [&](const std::string& from, const std::string& to) {
    auto other = content;
    other.replace(other.find(from), from.size(), to);
    put(file(".json"), other);
    return state().kind;
  };
  EXPECT_EQ(edited("\"sections\": 2", "\"sections\": 1"), Kind::damaged);
  EXPECT_EQ(edited("\"hash\": \"xxh3:", "\"hash\": \"xxh3:0"), Kind::damaged);
  EXPECT_EQ(edited("\"key\": \"xxh3:", "\"key\": \"xxh3:0"), Kind::stale);
}

TEST_F(ShardStateTest, TellsABegunShardAndWhyOneFailed) {
  const ShardFolder shards(folder.path(), plan);
  EXPECT_EQ(states_of(shards, plan, true)[0].kind, Kind::missing);
  put(folder / "shards/0000.sections.part.n3-17.0", "half");
  EXPECT_EQ(states_of(shards, plan, true)[0].kind, Kind::begun);
  EXPECT_EQ(states_of(shards, plan, true)[1].kind, Kind::finished);
  RunMark mark;
  mark.host = "n3";
  note_failure(shards, 0, mark, "section 1: is cut");
  EXPECT_EQ(states_of(shards, plan, true)[0].kind, Kind::failed);
  EXPECT_EQ(states_of(shards, plan, true)[0].why, "section 1: is cut (on n3)");
  forget_failure(shards, 0);
  EXPECT_EQ(states_of(shards, plan, true)[0].kind, Kind::begun);
}

}  // namespace
}  // namespace firstframe
