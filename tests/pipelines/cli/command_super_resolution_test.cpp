// Super-resolution through the command: a large picture made small, and large again.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/tiling/upsampled_input.h"
#include "io/model/model_file.h"
#include "io/picture/picture.h"
#include "tests/support/command.h"
#include "tests/support/scenes.h"

namespace firstframe {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using testing::HasSubstr;

class CommandSuperResolution : public testing::Test {
 protected:
  static std::string ok(const std::vector<std::string>& arguments) {
    const auto result = firstframe_command(arguments);
    EXPECT_EQ(result.code, 0) << result.err;
    return result.out;
  }

  // clean.png and small.png, every `scale`-th pixel of it from `phase` on
  void make_pair(Extent extent, std::int64_t scale, std::int64_t phase) {
    write_picture(scratch / "clean.png", scene(extent).view());
    ok({"degrade", scratch / "clean.png", scratch / "small.png", "--blur-sigma", "1.4", "--downscale",
        std::to_string(scale), "--phase", std::to_string(phase), "--noise-sigma", "0.5"});
  }

  CommandResult train(const std::vector<std::string>& more) {
    std::vector<std::string> arguments{"train",
                                       "--degraded",
                                       scratch / "small.png",
                                       "--clean",
                                       scratch / "clean.png",
                                       "--model",
                                       scratch / "m.safetensors"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return firstframe_command(arguments);
  }

  void restore(const std::string& input, const std::string& output,
               const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments{"restore", "--model", scratch / "m.safetensors", scratch / input,
                                       scratch / output};
    arguments.insert(arguments.end(), more.begin(), more.end());
    ok(arguments);
  }

  double psnr_of(const std::string& restored, const std::string& clean) {
    return Json::parse(ok(
        {"measure", "--common", scratch / restored, scratch / clean, "--json"}))["mean"]["psnr_luma_full_db"];
  }

  ScratchFolder scratch;
};

TEST_F(CommandSuperResolution, IsBetterThanBicubicUpsamplingAtSizesThatTheScaleDoesNotDivide) {
  for (const auto& [scale, restorer] : {std::pair{2, "linear"}, {3, "residual"}, {4, "linear"}}) {
    const auto phase = scale - 2;
    make_pair({97, 131}, scale, phase);
    const auto trained = train({"--restorer", restorer, "--steps", "100", "--batch", "8", "--json"});
    ASSERT_EQ(trained.code, 0) << trained.err;
    const auto told = Json::parse(trained.out);
    EXPECT_EQ(told["scale"], scale);
    EXPECT_EQ(told["row_phase"], phase);
    EXPECT_EQ(told["col_phase"], phase);

    restore("small.png", "restored.png");
    const auto small = read_picture(scratch / "small.png");
    const auto restored = read_picture(scratch / "restored.png");
    EXPECT_EQ(restored.extent(), (Extent{scale * small.extent().rows, scale * small.extent().cols}));
    EXPECT_EQ(restored.type(), SampleType::uint8);
    const auto info = read_model(scratch / "m.safetensors").info;
    write_picture(scratch / "bicubic.png",
                  converted(upsampled_input(info, small.view()).view(), SampleType::uint8).view());
    EXPECT_GT(psnr_of("restored.png", "clean.png"), psnr_of("bicubic.png", "clean.png") + 0.5)
        << restorer << " x" << scale;
  }
}

TEST_F(CommandSuperResolution, TakesTheScaleAskedForOrSaysWhyNot) {
  make_pair({96, 120}, 3, 0);
  EXPECT_EQ(train({"--restorer", "linear", "--scale", "3"}).code, 0);
  auto refused = train({"--restorer", "linear", "--scale", "2"});
  EXPECT_EQ(refused.code, 64);
  EXPECT_THAT(refused.err,
              HasSubstr("scale: 2 does not fit a degraded frame of 32 x 40 and a clean one of 96 x 120"));
  refused = train({"--restorer", "linear", "--scale", "5"});
  EXPECT_EQ(refused.code, 64);
  EXPECT_THAT(refused.err, HasSubstr("scale: '5' is not accepted; use 0..4"));
}

TEST_F(CommandSuperResolution, RestoresFoldersAndVideosToTheLargerSize) {
  make_pair({96, 128}, 2, 0);
  ASSERT_EQ(train({"--restorer", "linear"}).code, 0);
  fs::create_directory(scratch / "frames");
  for (int i = 0; i < 3; ++i)
    write_picture(scratch / ("frames/" + std::to_string(i) + ".png"),
                  scene({96, 128}, SampleType::uint8, 10 + i).view());
  for (const std::string kind : {"", ".mkv"}) {
    ok({"degrade", scratch / "frames", scratch / ("small" + kind), "--blur-sigma", "1.4", "--downscale",
        "2"});
    restore("small" + kind, "restored" + kind);
    const auto told =
        Json::parse(ok({"measure", scratch / ("restored" + kind), scratch / "frames", "--json"}));
    EXPECT_EQ(told["frames"], 3);
    EXPECT_GT(told["mean"]["psnr_luma_full_db"], 25);
  }
}

TEST_F(CommandSuperResolution, ComparesTheResidualWithTheUpsampledFrame) {
  make_pair({96, 120}, 3, 1);
  ASSERT_EQ(train({"--restorer", "linear"}).code, 0);
  restore("small.png", "restored.png", {"--residual", scratch / "residual.png"});
  const auto small = read_picture(scratch / "small.png"), restored = read_picture(scratch / "restored.png"),
             residual = read_picture(scratch / "residual.png");
  ASSERT_EQ(residual.extent(), restored.extent());
  const auto input = converted(
      upsampled_input(read_model(scratch / "m.safetensors").info, small.view()).view(), SampleType::uint8);
  for (std::int64_t i = 0; i < 96 * 120; ++i)
    ASSERT_EQ(
        residual.samples<std::uint8_t>()[i],
        std::clamp(128 + input.samples<std::uint8_t>()[i] - restored.samples<std::uint8_t>()[i], 0, 255));
}

TEST_F(CommandSuperResolution, KeepsColourAndDepth) {
  make_pair({96, 120}, 2, 0);
  ASSERT_EQ(train({"--restorer", "linear"}).code, 0);
  Section colour(SampleType::uint16, 3, {30, 41});
  const auto grey = scene({30, 41});
  for (int channel = 0; channel < 3; ++channel)
    for (std::int64_t i = 0; i < 30 * 41; ++i)
      colour.samples<std::uint16_t>()[channel * 30 * 41 + i] =
          static_cast<std::uint16_t>(20000 + 64 * grey.samples<std::uint8_t>()[i] + 3000 * channel);
  write_picture(scratch / "colour.png", colour.view());
  restore("colour.png", "luma.png");
  restore("colour.png", "all.png", {"--channels", "all"});
  const auto luma = read_picture(scratch / "luma.png"), all = read_picture(scratch / "all.png");
  ASSERT_EQ(luma.extent(), (Extent{60, 82}));
  EXPECT_EQ(luma.type(), SampleType::uint16);
  EXPECT_EQ(all.extent(), luma.extent());
  const auto* pixels = luma.samples<std::uint16_t>();
  for (std::int64_t i = 0; i < 60 * 82; ++i) ASSERT_NEAR(pixels[2 * 60 * 82 + i] - pixels[i], 6000, 1);
}

TEST_F(CommandSuperResolution, SaysTheScaleOfAModel) {
  make_pair({96, 120}, 4, 2);
  ASSERT_EQ(train({"--restorer", "linear"}).code, 0);
  const auto told = Json::parse(ok({"inspect", scratch / "m.safetensors", "--json"}));
  EXPECT_EQ(told["scale"], 4);
  EXPECT_EQ(told["row_phase"], 2);
  EXPECT_THAT(told["settings"].get<std::string>(), HasSubstr("scale=4"));
}

TEST_F(CommandSuperResolution, MeasuresFramesOfTwoSizesOnlyWhenAskedTo) {
  make_pair({97, 131}, 3, 0);
  ASSERT_EQ(train({"--restorer", "linear"}).code, 0);
  restore("small.png", "restored.png");
  const auto refused = firstframe_command({"measure", scratch / "restored.png", scratch / "clean.png"});
  EXPECT_EQ(refused.code, 65);
  EXPECT_THAT(refused.err, HasSubstr("restored is 99 x 132 with 1 channels, clean is 97 x 131"));
  EXPECT_GT(psnr_of("restored.png", "clean.png"), 20);
}

}  // namespace
}  // namespace firstframe
