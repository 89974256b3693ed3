#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <random>

#include "tests/io/seismic/segy_files.h"
#include "tests/support/command.h"

namespace firstframe {

namespace fs = std::filesystem;

// Dipping events of a 25 Hz wavelet; the noise is the same for the same trace and sample.
inline double event(int inl, int xl, int sample) {
  double value = 0;
  for (int layer = 0; layer < 5; ++layer) {
    const double t = sample - (12 + 13 * layer + 0.35 * (layer - 2) * xl + 0.4 * inl);
    const double a = 0.31 * t * 0.31 * t;
    value += (layer % 2 ? -700 : 1000) * (1 - 2 * a) * std::exp(-a);
  }
  return value;
}

inline double noise(int inl, int xl, int sample) {
  std::mt19937 generator(static_cast<unsigned>(sample + 1000 * (xl + 1000 * inl)));
  return std::normal_distribution<double>(0, 300)(generator);
}

/// A survey of six inlines of 40 traces, its noisy self, and the command beside them.
class SegySurvey : public testing::Test {
 protected:
  void SetUp() override {
    recipe.inlines = 6;
    recipe.crosslines = 40;
    recipe.samples = 64;
    recipe.format = 1;
    auto clean = recipe;
    clean.value = [](int inl, int xl, int, int sample) { return event(inl, xl, sample); };
    put_segy(scratch / "clean.sgy", clean);
    recipe.value = [](int inl, int xl, int, int sample) { return event(inl, xl, sample) + noise(inl, xl, sample); };
    put_segy(scratch / "noisy.sgy", recipe);
  }

  static CommandResult ok(const std::vector<std::string>& arguments) {
    const auto result = firstframe_command(arguments);
    EXPECT_EQ(result.code, 0) << result.err;
    return result;
  }

  CommandResult train(std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"train", "--degraded", scratch / "noisy.sgy", "--clean", scratch / "clean.sgy", "--slice", "2",
                                       "--restorer", "linear", "--model", scratch / "model.safetensors"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return firstframe_command(arguments);
  }

  // A model of the pair as SetUp wrote it, trained once.
  void use_good_model() {
    static const ScratchFolder kept;
    const auto model = kept / "model.safetensors";
    if (!fs::exists(model)) {
      ASSERT_EQ(train().code, 0);
      fs::copy_file(scratch / "model.safetensors", model);
      return;
    }
    fs::copy_file(model, scratch / "model.safetensors");
  }

  CommandResult restore(const std::string& input, const std::string& output, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"restore", "--model", scratch / "model.safetensors", input, output};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return firstframe_command(arguments);
  }

  double snr(const std::string& name) {
    return nlohmann::json::parse(ok({"measure", scratch / name, scratch / "clean.sgy", "--except", "2", "--json"}).out)["mean"]["snr_db"];
  }

  void expect_refused(const CommandResult& result, int code, const std::string& sentence) {
    EXPECT_EQ(result.code, code) << result.err;
    EXPECT_THAT(result.err, testing::HasSubstr(sentence));
    EXPECT_FALSE(fs::exists(scratch / "out.sgy"));
    EXPECT_FALSE(fs::exists(scratch / "out.sgy.part"));
  }

  // With the samples of all traces masked.
  std::string masked(const std::string& name) {
    auto bytes = content_of(scratch / name);
    for (std::size_t at = 3600; at < bytes.size(); at += 240 + 256) std::fill_n(bytes.begin() + at + 240, 256, '\0');
    return bytes;
  }

  float residual_at(const std::string& name, std::size_t trace, std::size_t sample) {
    const auto bytes = content_of(scratch / name);
    std::uint32_t word = 0;
    for (std::size_t i = 0; i < 4; ++i) word = word << 8 | static_cast<unsigned char>(bytes[3600 + trace * 496 + 240 + 4 * sample + i]);
    const double size = std::ldexp(static_cast<double>(word & 0xffffff), 4 * (static_cast<int>(word >> 24 & 0x7f) - 64) - 24);
    return static_cast<float>(word >> 31 ? -size : size);
  }

  SegyRecipe recipe;
  ScratchFolder scratch;
};

}  // namespace firstframe
