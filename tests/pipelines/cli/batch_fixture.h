#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "io/picture/picture.h"
#include "tests/support/command.h"
#include "tests/support/scenes.h"
#include "tests/support/volumes.h"

namespace firstframe {

/// A noisy volume of int16, a quick model of its third section, and the batch command.
class BatchTest : public testing::Test {
 protected:
  static constexpr std::int64_t kCols = 80, kRows = 64;

  /// volume.mha of so many sections, and model.safetensors.
  void make_volume(std::int64_t sections, const std::vector<std::string>& restorer = {"--restorer", "linear"}) {
    geometry.size = {kCols, kRows, sections};
    geometry.spacing = {0.5, 0.75, 2};
    std::vector<std::int16_t> clean, noisy;
    std::mt19937 generator(7);
    std::normal_distribution<double> noise(0, 200);
    for (std::int64_t z = 0; z < sections; ++z) {
      const auto section = scene({kRows, kCols}, SampleType::float32, static_cast<unsigned>(z % 40 + 1));
      for (std::int64_t i = 0; i < kRows * kCols; ++i) {
        clean.push_back(static_cast<std::int16_t>(
            std::lround(-1000 + 2000 * section.samples<float>()[i] + static_cast<double>(z % 7))));
        noisy.push_back(static_cast<std::int16_t>(std::lround(clean.back() + noise(generator))));
      }
    }
    write_metaimage(scratch / "clean.mha", geometry, clean);
    write_metaimage(scratch / "volume.mha", geometry, noisy);
    std::vector<std::string> train{
        "train", "--degraded", scratch / "volume.mha",       "--clean", scratch / "clean.mha", "--slice",
        "2",     "--model",    scratch / "model.safetensors"};
    train.insert(train.end(), restorer.begin(), restorer.end());
    ok(train);
  }

  static std::string ok(const std::vector<std::string>& arguments) {
    const auto result = firstframe_command(arguments);
    EXPECT_EQ(result.code, 0) << result.err;
    return result.out;
  }

  /// What one process gives.
  void restore(const std::string& input, const std::string& output, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"restore", "--model", scratch / "model.safetensors", scratch / input,
                                       scratch / output};
    arguments.insert(arguments.end(), more.begin(), more.end());
    ok(arguments);
  }

  CommandResult plan(const std::vector<std::string>& inputs, const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments{"batch",        "plan",           "--model", scratch / "model.safetensors",
                                       "--output-dir", scratch / "batch"};
    for (const auto& input : inputs) arguments.push_back(scratch / input);
    arguments.insert(arguments.end(), more.begin(), more.end());
    return firstframe_command(arguments);
  }

  std::vector<std::string> batch(const std::string& what, const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments{"batch", what, scratch / "batch"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }

  nlohmann::json status() { return nlohmann::json::parse(firstframe_command(batch("status", {"--json"})).out); }

  static std::string bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  /// Not EXPECT_EQ, which would print two volumes.
  void expect_same(const std::string& a, const std::string& b) {
    ASSERT_TRUE(std::filesystem::exists(scratch / a)) << a;
    ASSERT_TRUE(std::filesystem::exists(scratch / b)) << b;
    EXPECT_TRUE(bytes_of(scratch / a) == bytes_of(scratch / b)) << a << " and " << b << " differ";
  }

  /// Names in the folder of results, without their numbers' zeros being counted.
  std::vector<std::string> results() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(scratch / "batch/shards"))
      names.push_back(entry.path().filename());
    std::sort(names.begin(), names.end());
    return names;
  }

  VolumeGeometry geometry;
  ScratchFolder scratch;
};

}  // namespace firstframe
