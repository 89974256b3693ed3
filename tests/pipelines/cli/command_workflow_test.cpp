// The main job through the command: degrade, train, restore, measure, inspect.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "io/model/model_file.h"
#include "io/picture/picture.h"
#include "io/stream/frame_source.h"
#include "tests/support/command.h"
#include "tests/support/scenes.h"

namespace firstframe {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

class CommandWorkflow : public testing::Test {
 protected:
  void SetUp() override {
    write_picture(scratch / "clean.png", scene({96, 128}).view());
    ok({"degrade", scratch / "clean.png", scratch / "degraded.png", "--blur-sigma", "1.2", "--noise-sigma", "4"});
  }

  // Runs the command, expects success and returns what it printed.
  static std::string ok(const std::vector<std::string>& arguments) {
    const auto result = firstframe_command(arguments);
    EXPECT_EQ(result.code, 0) << result.err;
    return result.out;
  }

  double psnr_of(const std::string& restored, const std::string& clean) {
    return Json::parse(ok({"measure", restored, clean, "--json"}))["mean"]["psnr_luma_full_db"];
  }

  Json train(const std::vector<std::string>& more) {
    std::vector<std::string> arguments{"train", "--degraded", scratch / "degraded.png", "--clean", scratch / "clean.png",
                                       "--model", scratch / "model.safetensors", "--json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return Json::parse(ok(arguments));
  }

  ScratchFolder scratch;
};

TEST_F(CommandWorkflow, TrainsAndRestoresAPictureTowardsTheCleanOne) {
  for (const std::string restorer : {"linear", "residual", "unet", "rnn", "rnn-gan"}) {
    const auto trained = train({"--restorer", restorer, "--steps", restorer == "unet" ? "40" : "150"});
    EXPECT_EQ(trained["restorer"], restorer);
    EXPECT_GT(trained["held_out_psnr_db"], trained["held_out_degraded_psnr_db"]) << restorer;
    ok({"restore", "--model", scratch / "model.safetensors", scratch / "degraded.png", scratch / "restored.png"});
    EXPECT_GT(psnr_of(scratch / "restored.png", scratch / "clean.png"),
              psnr_of(scratch / "degraded.png", scratch / "clean.png") + 0.5)
        << restorer;
  }
}

TEST_F(CommandWorkflow, RestoresWithTheVariantsOfTheRecurrentRestorer) {
  train({"--restorer", "rnn", "--steps", "60", "--patch", "9", "--rnn-latent", "64", "--rnn-step", "segment",
         "--rnn-direction", "both", "--rnn-output", "pixel"});
  ok({"restore", "--model", scratch / "model.safetensors", scratch / "degraded.png", scratch / "restored.png"});
  EXPECT_GT(psnr_of(scratch / "restored.png", scratch / "clean.png"),
            psnr_of(scratch / "degraded.png", scratch / "clean.png"));
}

TEST_F(CommandWorkflow, WarnsWhenTrainingStopsEarlyAndKeepsAModel) {
  const auto result = firstframe_command({"train", "--degraded", scratch / "degraded.png", "--clean",
                                          scratch / "clean.png", "--model", scratch / "model.safetensors", "--restorer",
                                          "rnn-gan", "--steps", "200", "--batch", "4", "--gan-lambda", "100",
                                          "--learning-rate", "0.02"});
  EXPECT_EQ(result.code, 0);
  EXPECT_NE(result.err.find("firstframe: warning: training stopped early: the PSNR fell "), std::string::npos)
      << result.err;
  EXPECT_EQ(read_model(scratch / "model.safetensors").info.note,
            Json::parse(ok({"inspect", scratch / "model.safetensors", "--json"}))["note"]);
}

TEST_F(CommandWorkflow, GivesTheSameModelForTheSameSeed) {
  train({"--steps", "30", "--seed", "7"});
  const auto first = read_model(scratch / "model.safetensors");
  train({"--steps", "30", "--seed", "7"});
  const auto second = read_model(scratch / "model.safetensors");
  ASSERT_EQ(first.weights.size(), second.weights.size());
  for (std::size_t i = 0; i < first.weights.size(); ++i) EXPECT_EQ(first.weights[i].values, second.weights[i].values);
}

TEST_F(CommandWorkflow, RestoresAVideoAndAFolderFrameByFrame) {
  fs::create_directory(scratch / "frames");
  for (int i = 0; i < 4; ++i)
    write_picture(scratch / ("frames/" + std::to_string(i) + ".png"), scene({64, 80}, SampleType::uint8, 10 + i).view());
  ok({"degrade", scratch / "frames", scratch / "degraded", "--noise-sigma", "8"});
  ok({"degrade", scratch / "frames", scratch / "degraded.mkv", "--noise-sigma", "8"});
  ok({"train", "--degraded", scratch / "degraded", "--clean", scratch / "frames/0.png", "--model", scratch / "m.safetensors",
      "--restorer", "linear"});
  for (const std::string kind : {"", ".mkv"}) {
    ok({"restore", "--model", scratch / "m.safetensors", scratch / ("degraded" + kind), scratch / ("restored" + kind)});
    const auto before = Json::parse(ok({"measure", scratch / ("degraded" + kind), scratch / "frames", "--skip", "1", "--json"}));
    const auto after = Json::parse(ok({"measure", scratch / ("restored" + kind), scratch / "frames", "--skip", "1", "--json"}));
    EXPECT_EQ(after["frames"], 3);
    EXPECT_GT(after["mean"]["psnr_luma_full_db"], before["mean"]["psnr_luma_full_db"]);
  }
  EXPECT_TRUE(fs::exists(scratch / "restored/3.png"));
}

TEST_F(CommandWorkflow, CarriesTheChromaOfColourPictures) {
  Section colour(SampleType::uint8, 3, {48, 64});
  const auto grey = scene({48, 64});
  for (int channel = 0; channel < 3; ++channel)
    for (std::int64_t i = 0; i < 48 * 64; ++i)
      colour.samples<std::uint8_t>()[channel * 48 * 64 + i] = static_cast<std::uint8_t>(60 + grey.samples<std::uint8_t>()[i] / 2 + 20 * channel);
  write_picture(scratch / "colour.png", colour.view());
  train({"--restorer", "linear"});
  ok({"restore", "--model", scratch / "model.safetensors", scratch / "colour.png", scratch / "luma.png"});
  ok({"restore", "--model", scratch / "model.safetensors", scratch / "colour.png", scratch / "all.png", "--channels", "all"});
  const auto luma = read_picture(scratch / "luma.png"), all = read_picture(scratch / "all.png");
  const auto* pixels = luma.samples<std::uint8_t>();
  for (std::int64_t i = 0; i < 48 * 64; ++i) ASSERT_NEAR(pixels[2 * 48 * 64 + i] - pixels[i], 40, 1);
  EXPECT_EQ(all.channels(), 3);
}

TEST_F(CommandWorkflow, DegradesWithNoiseOfTheKindAskedFor) {
  const auto clean = read_picture(scratch / "clean.png");
  for (const auto kind : {NoiseKind::gaussian, NoiseKind::poisson, NoiseKind::speckle}) {
    const std::string name(name_of(kind));
    ok({"degrade", scratch / "clean.png", scratch / "noisy.tif", "--noise-sigma", "12", "--noise-kind", name, "--seed", "5",
        "--depth", "float32"});
    const auto noisy = read_picture(scratch / "noisy.tif");
    const auto expected = degrade(clean.view(), {.noise_sigma = 12, .noise_kind = kind, .seed = 5});
    ASSERT_EQ(noisy.size_in_bytes(), expected.size_in_bytes());
    EXPECT_EQ(std::memcmp(noisy.view().data, expected.view().data, noisy.size_in_bytes()), 0) << name;
  }
  const auto refused = firstframe_command({"degrade", scratch / "clean.png", scratch / "n.png", "--noise-kind", "salt"});
  EXPECT_EQ(refused.code, 64);
  EXPECT_THAT(refused.err, testing::HasSubstr("salt"));
}

TEST_F(CommandWorkflow, KeepsSixteenBitsAndFloatValues) {
  ok({"degrade", scratch / "clean.png", scratch / "deep.tif", "--noise-sigma", "3", "--depth", "float32"});
  ok({"degrade", scratch / "clean.png", scratch / "deep.png", "--noise-sigma", "3", "--depth", "16"});
  train({"--restorer", "linear"});
  ok({"restore", "--model", scratch / "model.safetensors", scratch / "deep.tif", scratch / "restored.tif"});
  ok({"restore", "--model", scratch / "model.safetensors", scratch / "deep.png", scratch / "restored.png"});
  EXPECT_EQ(read_picture(scratch / "restored.tif").type(), SampleType::float32);
  EXPECT_EQ(read_picture(scratch / "restored.png").type(), SampleType::uint16);
}

TEST_F(CommandWorkflow, WritesTheResidualThatWasRemoved) {
  train({"--restorer", "linear"});
  ok({"restore", "--model", scratch / "model.safetensors", scratch / "degraded.png", scratch / "restored.png", "--residual",
      scratch / "residual.png"});
  const auto degraded = read_picture(scratch / "degraded.png"), restored = read_picture(scratch / "restored.png"),
             residual = read_picture(scratch / "residual.png");
  for (std::int64_t i = 0; i < 96 * 128; ++i)
    ASSERT_EQ(residual.samples<std::uint8_t>()[i],
              std::clamp(128 + degraded.samples<std::uint8_t>()[i] - restored.samples<std::uint8_t>()[i], 0, 255));
}

TEST_F(CommandWorkflow, RestoresFramesOfAnySize) {
  train({"--restorer", "rnn", "--steps", "20"});
  for (const Extent extent : {Extent{1, 1}, Extent{1, 40}, Extent{40, 1}, Extent{7, 5}, Extent{97, 33}}) {
    Section odd(SampleType::uint8, 1, extent);
    write_picture(scratch / "odd.png", odd.view());
    ok({"restore", "--model", scratch / "model.safetensors", scratch / "odd.png", scratch / "out.png"});
    EXPECT_EQ(read_picture(scratch / "out.png").extent(), extent);
  }
}

TEST_F(CommandWorkflow, SaysWhatAModelIsMadeOf) {
  train({"--restorer", "residual", "--steps", "10", "--seed", "5"});
  const auto told = Json::parse(ok({"inspect", scratch / "model.safetensors", "--json"}));
  EXPECT_EQ(told["restorer"], "residual");
  EXPECT_EQ(told["seed"], 5);
  EXPECT_EQ(told["steps"], 10);
  EXPECT_TRUE(told.contains("held_out_psnr_db"));
  EXPECT_NE(ok({"inspect", scratch / "clean.png"}).find("uint8"), std::string::npos);
}

TEST_F(CommandWorkflow, ShowsProgressAsJsonLines) {
  const auto result = firstframe_command({"train", "--degraded", scratch / "degraded.png", "--clean", scratch / "clean.png",
                                          "--model", scratch / "m.safetensors", "--steps", "20", "--progress", "json"});
  ASSERT_EQ(result.code, 0) << result.err;
  const auto last = result.err.substr(result.err.rfind('{'));
  EXPECT_EQ(Json::parse(last)["step"], 20);
}

TEST_F(CommandWorkflow, FindsTheMachineFitOrSaysWhatToInstall) {
  const auto result = firstframe_command({"doctor", "--json"});
  ASSERT_EQ(result.code, 0) << result.err;
  const auto told = Json::parse(result.out);
  EXPECT_FALSE(told["reference_blas"]);
  EXPECT_GT(told["matmul_gflops"], 0);
}

}  // namespace
}  // namespace firstframe
