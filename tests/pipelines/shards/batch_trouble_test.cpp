// What changes or breaks between the plan and the merge is known, and what was right stays.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "io/picture/picture.h"
#include "pipelines/shards/number_list.h"
#include "tests/io/seismic/segy_files.h"
#include "tests/pipelines/shards/batch_job.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using Numbers = std::vector<std::int64_t>;

class BatchTrouble : public BatchJob {
 protected:
  void finish_and_compare(const BatchPlan& planned, const std::string& name = "volume.mha") {
    run_all(planned);
    merge(planned);
    restore_whole(name, "whole.mha");
    expect_same("batch/" + name, "whole.mha");
  }
};

TEST_F(BatchTrouble, AnInputThatHasChangedIsRefusedBeforeAndAfter) {
  const auto planned = plan();
  run(planned, 0);
  edit("volume.mha", 30000, "changed");
  const std::string said = "volume.mha: has changed since the batch was planned: its content is another; plan again";
  EXPECT_THAT(message_of<FormatError>([&] { run(planned, 1); }), HasSubstr(said));
  EXPECT_EQ(states_of({request.folder, planned}, planned, false)[1].kind, ShardState::Kind::failed);
  EXPECT_EQ(unfinished(planned), (Numbers{1, 2, 3}));
  edit("volume.mha", static_cast<std::int64_t>(fs::file_size(folder / "volume.mha")), "longer");
  EXPECT_THAT(message_of<FormatError>([&] { run(planned, 1); }), HasSubstr("bytes then, "));
}

TEST_F(BatchTrouble, AMergeRefusesAnInputThatHasChanged) {
  const auto planned = plan();
  run_all(planned);
  edit("volume.mha", 30000, "changed");
  EXPECT_THAT(message_of<FormatError>([&] { merge(planned); }), HasSubstr("has changed since the batch was planned"));
  EXPECT_FALSE(fs::exists(folder / "batch/volume.mha"));
}

TEST_F(BatchTrouble, ACopyIsKnownByItsContentWhereAllOfItWasHashed) {
  const auto touch = [&] {
    fs::last_write_time(folder / "volume.mha", fs::file_time_type::clock::now() - std::chrono::hours(5));
  };
  const auto cheap = plan();
  touch();
  EXPECT_THAT(message_of<FormatError>([&] { run(cheap, 0); }), HasSubstr("a plan with --hash-inputs could tell"));
  request.hashes_inputs = true;
  const auto whole = plan();
  fs::last_write_time(folder / "volume.mha", fs::file_time_type::clock::now());
  finish_and_compare(whole);
}

TEST_F(BatchTrouble, AnotherModelIsRefusedAndIsNoShardsFault) {
  const auto planned = plan();
  run(planned, 0);
  const auto model = content_of(request.model);
  train(request.model, 2);
  const std::string said =
      "model.safetensors: is not the model that the batch was planned with; put that one back, or plan again";
  EXPECT_THAT(message_of<FormatError>([&] { run(planned, 1); }), HasSubstr(said));
  EXPECT_EQ(states_of({request.folder, planned}, planned, false)[1].kind, ShardState::Kind::missing);
  put(request.model, model);
  run_all(planned);
  train(request.model, 2);
  EXPECT_THAT(message_of<FormatError>([&] { merge(planned); }), HasSubstr(said));
}

TEST_F(BatchTrouble, APlanMadeAnewKeepsTheShardsThatStayTheSame) {
  fs::copy_file(folder / "volume.mha", folder / "other.mha");
  request.inputs.push_back((folder / "other.mha").string());
  run_all(plan());
  edit("other.mha", 30000, "changed");
  const auto again = plan();
  const auto states = states_of({request.folder, again}, again, true);
  EXPECT_EQ(states[1].kind, ShardState::Kind::finished);
  EXPECT_EQ(states[2].kind, ShardState::Kind::stale);
  EXPECT_EQ(unfinished(again), (Numbers{2, 3}));
  finish_and_compare(again, "other.mha");
}

TEST_F(BatchTrouble, DamagedResultsAreFoundByTheMergeAndDoneAgain) {
  const auto planned = plan();
  run_all(planned);
  edit("batch/shards/0001.sections", 3000, "\1\2\3");  // in a section
  edit("batch/shards/0002.sections", 64 + 72 + 5, "\1");
  const auto said = message_of<Cancelled>([&] { merge(planned); });
  EXPECT_THAT(said, HasSubstr("merge: 2 of 4 shards are not finished: 1,2; shard 1: "));
  EXPECT_THAT(said, HasSubstr("0001.sections has not the hash that its manifest states"));
  EXPECT_FALSE(fs::exists(folder / "batch/volume.mha"));
  EXPECT_FALSE(fs::exists(folder / "batch/volume.mha.part"));
  EXPECT_EQ(unfinished(planned), (Numbers{1, 2}));
  events.clear();
  run(planned, 1);
  EXPECT_EQ(events.back().taken_over, 1);  // the damage is in the second of its five sections
  finish_and_compare(planned);
}

TEST_F(BatchTrouble, AResultWhoseManifestWasEditedIsNotPublished) {
  const auto planned = plan();
  run_all(planned);
  const auto manifest = content_of(folder / "batch/shards/0003.json");
  const auto digit = manifest.find("\"hash\": \"xxh3:") + 14;
  edit("batch/shards/0003.json", static_cast<std::int64_t>(digit), manifest[digit] == '0' ? "1" : "0");
  EXPECT_THAT(message_of<Cancelled>([&] { merge(planned); }), HasSubstr("1 of 4 shards are not finished: 3"));
  EXPECT_FALSE(fs::exists(folder / "batch/volume.mha"));
  EXPECT_FALSE(fs::exists(folder / "batch/volume.mha.part"));
  finish_and_compare(planned);
}

TEST_F(BatchTrouble, AStopKeepsWhatIsDone) {
  const auto planned = plan();
  ShardRunner runner(
      planned, request.folder, options,
      [&](const RunEvent& event) {
        if (event.kind == RunEvent::Kind::section && event.done == 2) stop.request_stop();
      },
      stop.get_token());
  EXPECT_FALSE(runner.run(0));
  EXPECT_EQ(states_of({request.folder, planned}, planned, false)[0].kind, ShardState::Kind::begun);
  stop = {};
  run(planned, 0);
  EXPECT_GE(events.back().taken_over, 2);
  EXPECT_EQ(events.back().kind, RunEvent::Kind::finished);
  finish_and_compare(planned);
}

TEST_F(BatchTrouble, AStoppedMergeGoesOn) {
  const auto planned = plan();
  run_all(planned);
  std::stop_source early;
  std::int64_t seen = 0;
  EXPECT_EQ(message_of<Cancelled>([&] {
              merge_shards(
                  planned, request.folder, {},
                  [&](auto done, auto) {
                    if (done == 7) early.request_stop();
                  },
                  early.get_token());
            }),
            "merge: stopped; merge again to go on");
  EXPECT_TRUE(fs::exists(folder / "batch/volume.mha.part"));
  merge_shards(planned, request.folder, {},
               [&](auto done, auto) {
                 if (seen == 0) seen = done;
               },
               {});
  EXPECT_GT(seen, 7);
  restore_whole("volume.mha", "whole.mha");
  expect_same("batch/volume.mha", "whole.mha");
}

TEST_F(BatchTrouble, AMissingInputIsTriedAgain) {
  const auto planned = plan();
  fs::rename(folder / "volume.mha", folder / "away.mha");
  options.retries = 3;
  options.first_wait_s = 0.05;
  ShardRunner runner(planned, request.folder, options,
                     [&](const RunEvent& event) {
                       events.push_back(event);
                       if (event.kind == RunEvent::Kind::retry && event.attempt == 1)
                         fs::rename(folder / "away.mha", folder / "volume.mha");
                     },
                     {});
  EXPECT_TRUE(runner.run(0));
  ASSERT_GE(events.size(), 3u);
  EXPECT_EQ(events[0].kind, RunEvent::Kind::retry);
  EXPECT_EQ(events[1].kind, RunEvent::Kind::retry);
  EXPECT_EQ(events[2].kind, RunEvent::Kind::began);
  EXPECT_EQ(events[2].attempt, 2);
  EXPECT_THAT(events[0].why, HasSubstr("volume.mha"));
}

// The check of a finished result meets the same disks and networks as the work.
TEST_F(BatchTrouble, AFinishedResultThatCannotBeReadIsTriedAgain) {
  const fs::path unreadable = "/sys/bus/cpu/drivers_probe";  // for writing alone, of root too
  if (!fs::exists(unreadable) || std::ifstream(unreadable)) GTEST_SKIP() << "there is no file that cannot be read";
  const auto planned = plan();
  run(planned, 0);
  const auto results = request.folder / "shards/0000.sections", manifest = request.folder / "shards/0000.json";
  const auto stated = content_of(manifest);
  auto json = nlohmann::json::parse(stated);
  json["bytes"] = fs::file_size(unreadable);
  put(manifest, json.dump());
  fs::rename(results, folder / "away");
  fs::create_symlink(unreadable, results);
  options.retries = 1;
  events.clear();
  ShardRunner runner(planned, request.folder, options,
                     [&](const RunEvent& event) {
                       events.push_back(event);
                       if (event.kind != RunEvent::Kind::retry) return;
                       fs::rename(folder / "away", results);
                       put(manifest, stated);
                     },
                     {});
  EXPECT_TRUE(runner.run(0));
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events[0].kind, RunEvent::Kind::retry);
  EXPECT_THAT(events[0].why, HasSubstr("0000.sections: "));
  EXPECT_EQ(events[1].kind, RunEvent::Kind::was_finished);
}

TEST_F(BatchTrouble, AnEndingIsRefusedForFoldersOfPictures) {
  fs::create_directory(folder / "pictures");
  write_picture(folder / "pictures/a.png", scene({40, 50}, SampleType::uint16).view());
  request.inputs = {(folder / "pictures").string()};
  request.shards = 1;
  request.ending = ".mha";
  EXPECT_THAT(message_of<ArgumentError>([&] { make_plan(request, {}); }),
              HasSubstr("pictures: pictures of a folder keep their endings; leave out --ending"));
}

TEST_F(BatchTrouble, RemovesResultsOnlyWhenAllIsMerged) {
  make_volume("other.mha", 2);
  request.inputs.push_back((folder / "other.mha").string());
  const auto planned = plan();
  run_all(planned);
  MergeOptions merging;
  merging.removes_results = true;
  merging.input = 0;
  merge(planned, merging);
  EXPECT_TRUE(fs::exists(folder / "batch/shards/0000.sections"));
  merging.input.reset();
  merge(planned, merging);
  EXPECT_FALSE(fs::exists(folder / "batch/shards/0000.sections"));
  EXPECT_EQ(merge(planned).inputs[1].sections, 0);  // it is there, and no shard is asked for
  fs::remove(folder / "batch/other.mha");
  EXPECT_THAT(message_of<Cancelled>([&] { merge(planned); }), HasSubstr("shards are not finished: 2,3"));
}

TEST_F(BatchTrouble, ThePlanSaysWhatAnInputsHeadersContradict) {
  EXPECT_TRUE(make_plan(request, {}).remarks.empty());
  SegyRecipe recipe;
  recipe.inline_byte = recipe.crossline_byte = 17;
  put(folder / "survey.sgy", segy_bytes(recipe));
  request.inputs = {(folder / "survey.sgy").string()};
  request.shards = 1;
  request.choices.volume.range = ValueRange{-100, 100};
  try {
    EXPECT_THAT(make_plan(request, {}).remarks,
                testing::ElementsAre(testing::StartsWith((folder / "survey.sgy").string() +
                                                         ": every trace has inline 0 and crossline 0 at bytes 189")));
  } catch (const DeviceError& without) {
    GTEST_SKIP() << without.what();
  }
}

}  // namespace
}  // namespace firstframe
