#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "core/training/trainer.h"
#include "io/model/model_file.h"
#include "pipelines/sections/restore_volume.h"
#include "pipelines/shards/make_plan.h"
#include "pipelines/shards/merge_shards.h"
#include "pipelines/shards/run_shards.h"
#include "tests/io/temp_folder.h"
#include "tests/support/scenes.h"
#include "tests/support/volumes.h"

namespace firstframe {

/// A batch in this process: a noisy volume of int16, a model of a few weights, and the calls that the command makes.
class BatchJob : public testing::Test {
 protected:
  static constexpr std::int64_t kCols = 40, kRows = 32, kSections = 20;

  BatchJob() {
    request.model = (folder / "model.safetensors").string();
    request.folder = folder / "batch";
    request.shards = 4;
    train(request.model);
    make_volume("volume.mha", 1);
    request.inputs = {(folder / "volume.mha").string()};
  }

  static void train(const std::string& path, std::uint64_t seed = 1) {
    auto pair = scene_pair({96, 96}, SampleType::uint16, static_cast<unsigned>(seed));
    TrainSettings settings;
    settings.restorer = "linear";
    write_model(path, firstframe::train(pair, settings)->model());
  }

  void make_volume(const std::string& name, unsigned seed, std::int64_t sections = kSections) {
    VolumeGeometry geometry;
    geometry.size = {kCols, kRows, sections};
    geometry.spacing = {0.5, 0.75, 2};
    std::mt19937 generator(seed);
    std::vector<std::int16_t> samples;
    for (std::int64_t i = 0; i < kCols * kRows * sections; ++i)
      samples.push_back(static_cast<std::int16_t>(1000 * std::sin(0.01 * static_cast<double>(i)) +
                                                  static_cast<double>(generator() % 400)));
    write_metaimage(folder / name, geometry, samples);
  }

  BatchPlan plan() {
    const auto planned = make_plan(request, {});
    std::filesystem::create_directories(request.folder / "shards");
    if (!request.residual_folder.empty()) std::filesystem::create_directories(request.residual_folder);
    try_outputs(planned.plan, request.folder);
    write_plan(request.folder, planned.plan);
    return read_plan(request.folder);
  }

  void run(const BatchPlan& plan, std::int64_t shard) {
    ShardRunner runner(
        plan, request.folder, options, [this](const RunEvent& event) { events.push_back(event); }, stop.get_token());
    runner.run(shard);
  }
  void run_all(const BatchPlan& plan) {
    for (std::int64_t shard = 0; shard < plan.shard_count(); ++shard) run(plan, shard);
  }
  Merged merge(const BatchPlan& plan, const MergeOptions& merging = {}) {
    return merge_shards(plan, request.folder, merging, [](auto, auto) {}, {});
  }

  /// What one process gives of an input.
  void restore_whole(const std::string& input, const std::string& output, const std::string& residual = "") {
    VolumeRestore job;
    job.input = folder / input;
    job.output = folder / output;
    if (!residual.empty()) job.residual = folder / residual;
    job.volume = request.choices.volume;
    job.settings = request.choices.settings;
    restore_volume(*make_restorer(read_model(request.model)), job);
  }

  void expect_same(const std::filesystem::path& a, const std::filesystem::path& b) {
    ASSERT_TRUE(std::filesystem::exists(folder / a)) << a;
    ASSERT_TRUE(std::filesystem::exists(folder / b)) << b;
    EXPECT_TRUE(content_of(folder / a) == content_of(folder / b)) << a << " and " << b << " differ";
  }

  void edit(const std::filesystem::path& file, std::int64_t at, const std::string& bytes) {
    std::fstream(folder / file, std::ios::in | std::ios::out | std::ios::binary)
        .seekp(at)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }

  std::vector<std::int64_t> unfinished(const BatchPlan& plan) {
    std::vector<std::int64_t> numbers;
    const auto states = states_of({request.folder, plan}, plan, false);
    for (std::size_t i = 0; i < states.size(); ++i)
      if (states[i].kind != ShardState::Kind::finished) numbers.push_back(static_cast<std::int64_t>(i));
    return numbers;
  }

  TempFolder folder;
  PlanRequest request;
  RunOptions options{.retries = 0, .first_wait_s = 0.01, .threads = 1};
  std::vector<RunEvent> events;
  std::stop_source stop;
};

}  // namespace firstframe
