// Restoring without a model: the flags that belong together, and those that do not.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "io/picture/picture.h"
#include "tests/support/command.h"
#include "tests/support/scenes.h"

namespace firstframe {
namespace {

using Arguments = std::vector<std::string>;

class CommandClassical : public testing::Test {
 protected:
  void SetUp() override {
    write_picture(scratch / "clean.png", scene({72, 96}).view());
    ok({"degrade", scratch / "clean.png", scratch / "degraded.png", "--blur-sigma", "1.6", "--noise-sigma",
        "1.4"});
  }

  static std::string ok(const Arguments& arguments) {
    const auto result = firstframe_command(arguments);
    EXPECT_EQ(result.code, 0) << result.err;
    return result.out;
  }

  CommandResult restore(Arguments flags, const std::string& input = "degraded.png") {
    flags.insert(flags.begin(), "restore");
    flags.push_back(scratch / input);
    flags.push_back(scratch / "restored.png");
    return firstframe_command(flags);
  }

  double psnr_of(const std::string& name) {
    return nlohmann::json::parse(
        ok({"measure", scratch / name, scratch / "clean.png", "--json"}))["mean"]["psnr_luma_full_db"];
  }

  double gain(const Arguments& flags) {
    const auto result = restore(flags);
    EXPECT_EQ(result.code, 0) << result.err;
    return psnr_of("restored.png") - psnr_of("degraded.png");
  }

  void expect_refused(const Arguments& flags, const std::string& sentence, int code = 64) {
    const auto result = restore(flags);
    EXPECT_EQ(result.code, code);
    EXPECT_EQ(result.err, "firstframe: " + sentence + "\n");
  }

  ScratchFolder scratch;
};

TEST_F(CommandClassical, RestoresTowardsTheCleanPicture) {
  const Arguments known{"--kernel", "gaussian:1.6:25"};
  const auto with = [&](Arguments flags) {
    flags.insert(flags.end(), known.begin(), known.end());
    return flags;
  };
  EXPECT_GT(gain(with({"--restorer", "wiener", "--noise-sigma", "1.4"})), 2);
  EXPECT_GT(gain(with({"--restorer", "richardson-lucy", "--iterations", "15", "--border", "replicate"})), 2);
  EXPECT_GT(gain(with({"--restorer", "red", "--prior", "nlm", "--noise-sigma", "1.4", "--solver", "fp",
                       "--iterations", "15"})),
            3);
  EXPECT_GT(gain(with({"--restorer", "pnp", "--prior", "nlm", "--prior-sigma", "2", "--strength", "1",
                       "--iterations", "15"})),
            2);
}

TEST_F(CommandClassical, TakesATrainedModelAsPrior) {
  ok({"degrade", scratch / "clean.png", scratch / "noisy.png", "--noise-sigma", "5"});
  ok({"train", "--restorer", "dncnn", "--width", "8", "--depth", "5", "--steps", "150", "--degraded",
      scratch / "noisy.png", "--clean", scratch / "clean.png", "--model", scratch / "prior.safetensors"});
  EXPECT_GT(gain({"--restorer", "red", "--prior", scratch / "prior.safetensors", "--kernel", "gaussian:1.6",
                  "--noise-sigma", "1.4", "--solver", "fp", "--iterations", "10"}),
            3);
}

TEST_F(CommandClassical, RemovesNoiseWithoutAModel) {
  ok({"degrade", scratch / "clean.png", scratch / "degraded.png", "--noise-sigma", "12"});
  EXPECT_GT(gain({"--restorer", "nlm", "--noise-sigma", "12"}), 5);
}

// Everything went one pixel to the right, and a little further down; the picture shows where a point goes.
TEST_F(CommandClassical, ReadsAKernelFromAPictureOfAPoint) {
  const auto clean = scene({72, 96});
  Section point(SampleType::float32, 1, {3, 3}), moved(SampleType::uint8, 1, {72, 96});
  point.samples<float>()[1 * 3 + 2] = 0.4f;
  point.samples<float>()[2 * 3 + 2] = 0.2f;
  const auto* pixels = clean.samples<std::uint8_t>();
  for (int r = 0; r < 72; ++r)
    for (int c = 0; c < 96; ++c) {
      const int left = (c + 95) % 96, above = (r + 71) % 72;
      moved.samples<std::uint8_t>()[r * 96 + c] =
          static_cast<std::uint8_t>((2 * pixels[r * 96 + left] + pixels[above * 96 + left] + 1) / 3);
    }
  write_picture(scratch / "point.tif", point.view());
  write_picture(scratch / "degraded.png", moved.view());
  gain({"--restorer", "wiener", "--noise-sigma", "0.3", "--kernel", scratch / "point.tif", "--border",
        "circular"});
  EXPECT_GT(psnr_of("restored.png"), 40);
}

TEST_F(CommandClassical, WantsEitherAModelOrARestorer) {
  expect_refused({}, "restore: needs either --model FILE or --restorer NAME");
  expect_refused({"--model", "m.safetensors", "--restorer", "nlm"},
                 "restore: needs either --model FILE or --restorer NAME");
  expect_refused({"--model", "m.safetensors", "--noise-sigma", "5"},
                 "restore: --noise-sigma belongs to --restorer; a trained model brings its own");
}

TEST_F(CommandClassical, RefusesRestorersThatNeedTraining) {
  expect_refused({"--restorer", "unet"},
                 "restorer: 'unet' is not one that works without training; use wiener, richardson-lucy, nlm, "
                 "red, pnp, fx, or --model "
                 "with a trained one");
}

TEST_F(CommandClassical, NamesTheFlagThatIsMissingOrTooMany) {
  expect_refused({"--restorer", "wiener", "--noise-sigma", "5"},
                 "restorer wiener: kernel is missing; it needs kernel, noise-sigma (kernel box:1 where "
                 "nothing is blurred)");
  expect_refused({"--restorer", "nlm"}, "restorer nlm: noise-sigma is missing; it needs noise-sigma");
  expect_refused({"--restorer", "nlm", "--noise-sigma", "5", "--iterations", "3"},
                 "restorer nlm: iterations has no meaning for it; it uses noise-sigma, strength");
  expect_refused({"--restorer", "wiener", "--noise-sigma", "5", "--kernel", "box:3", "--prior", "nlm"},
                 "restorer wiener: prior has no meaning for it; it uses kernel, noise-sigma");
  expect_refused({"--restorer", "nlm", "--noise-sigma", "5", "--prior-sigma", "3"},
                 "prior-sigma: belongs to --prior nlm; a model removes the noise it was trained on");
}

TEST_F(CommandClassical, RefusesKernelsThatAreNone) {
  const auto with_kernel = [&](const std::string& kernel) {
    return Arguments{"--restorer", "wiener", "--noise-sigma", "5", "--kernel", kernel};
  };
  expect_refused(with_kernel("gaussian:0"),
                 "kernel 'gaussian:0' is not accepted; use gaussian:SIGMA, gaussian:SIGMA:SIZE or box:SIZE, "
                 "SIZE odd, 1..255");
  const auto picture = scratch / "clean.png";
  expect_refused(with_kernel(picture),
                 picture +
                     ": a kernel is a grey, square picture with an odd side of at most 255 pixels, this one "
                     "is 72 x 96 with "
                     "1 channel",
                 65);
  const auto black = scratch / "black.png";
  write_picture(black, Section(SampleType::uint8, 1, {3, 3}).view());
  expect_refused(with_kernel(black),
                 black + ": the kernel's values sum to 0; they must be brighter than nothing", 65);
  const auto result = restore(with_kernel(scratch / "nowhere.png"));
  EXPECT_EQ(result.code, 65);
  EXPECT_THAT(result.err, testing::HasSubstr("nowhere.png"));
}

TEST_F(CommandClassical, StopsInTheMiddleOfAPicture) {
  const auto result = firstframe_command(
      {"restore", "--restorer", "red", "--kernel", "gaussian:1.6", "--noise-sigma", "1.4", "--prior", "nlm",
       "--iterations", "100000", scratch / "degraded.png", scratch / "restored.png"},
      SIGINT, 1.5);
  EXPECT_EQ(result.code, 75) << result.err;
  EXPECT_FALSE(std::filesystem::exists(scratch / "restored.png"));
}

}  // namespace
}  // namespace firstframe
