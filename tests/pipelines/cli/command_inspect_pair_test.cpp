// inspect --degraded D --clean C: what a user is told about a pair.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/degradation/noise.h"
#include "io/picture/picture.h"
#include "tests/core/support/sections.h"
#include "tests/support/command.h"
#include "tests/support/scenes.h"

namespace firstframe {
namespace {

using testing::HasSubstr;
using Json = nlohmann::json;

class CommandInspectPair : public testing::Test {
 protected:
  void SetUp() override {
    auto clean = scene({130, 150}, SampleType::float32);
    add_gaussian_noise(clean, 0.04, 3);
    write_picture(scratch / "clean.tif", clean.view());
  }

  void degrade(const std::string& name, std::vector<std::string> flags) {
    flags.insert(flags.begin(), {"degrade", scratch / "clean.tif", scratch / name, "--depth", "float32"});
    ASSERT_EQ(firstframe_command(flags).code, 0);
  }

  CommandResult inspect(const std::string& degraded, const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments{"inspect", "--degraded", scratch / degraded, "--clean", scratch / "clean.tif"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return firstframe_command(arguments);
  }

  ScratchFolder scratch;
};

TEST_F(CommandInspectPair, SaysInWordsWhatWasDone) {
  degrade("blurred.tif", {"--blur-sigma", "1.6", "--border", "circular", "--noise-sigma", "1.414"});
  const auto result = inspect("blurred.tif");
  EXPECT_EQ(result.code, 0);
  EXPECT_EQ(result.err, "");
  EXPECT_THAT(result.out, HasSubstr("blur of about 1.6 pixels explains"));
  EXPECT_THAT(result.out, HasSubstr("what is left is white noise of sigma 1.4"));
  EXPECT_THAT(result.out, HasSubstr("fresh degradations can stand for it"));
  EXPECT_THAT(result.out, HasSubstr("circular"));
}

TEST_F(CommandInspectPair, GivesTheSameAsJsonIn8BitUnits) {
  degrade("blurred.tif", {"--blur-sigma", "1.6", "--noise-sigma", "5"});
  const auto told = Json::parse(inspect("blurred.tif", {"--json"}).out);
  EXPECT_EQ(told["kind"], "pair");
  EXPECT_TRUE(told["is_redegraded"]);
  EXPECT_NEAR(told["noise"]["sigma"], 5, 0.2);
  EXPECT_NEAR(told["kernel"]["gain"], 1, 0.02);
  EXPECT_EQ(told["noise"]["classes"].size(), 8u);
  EXPECT_EQ(told["kernel"]["taps"].size(), told["kernel"]["standard_errors"].size());
  EXPECT_EQ(told["border"], "reflect");
  EXPECT_GT(told["scene_correlation"], 0.8);
}

TEST_F(CommandInspectPair, DrawsWhatItFound) {
  degrade("noisy.tif", {"--noise-sigma", "5"});
  ASSERT_EQ(inspect("noisy.tif", {"--plot", scratch / "plots.png"}).code, 0);
  EXPECT_EQ(read_picture(scratch / "plots.png").extent(), (Extent{840, 1680}));
}

TEST_F(CommandInspectPair, SeesADownscaling) {
  degrade("small.tif", {"--blur-sigma", "1.2", "--downscale", "3", "--phase", "1", "--noise-sigma", "1"});
  const auto told = Json::parse(inspect("small.tif", {"--json", "--plot", scratch / "plots.png"}).out);
  EXPECT_EQ(told["downscale"], Json({{"factor", 3}, {"row_phase", 1}, {"col_phase", 1}}));
  EXPECT_TRUE(told["is_redegraded"]);
}

TEST_F(CommandInspectPair, WarnsOfAPairThatIsHardlyAlike) {
  ASSERT_EQ(firstframe_command({"degrade", scratch / "clean.tif", scratch / "noisy.png", "--noise-sigma", "200", "--depth", "8"}).code, 0);
  const auto result = inspect("noisy.png");
  EXPECT_EQ(result.code, 0);
  EXPECT_THAT(result.err, HasSubstr("degraded and clean are correlated by only 0."));
}

TEST_F(CommandInspectPair, RefusesTwoScenesAndOtherSizes) {
  write_picture(scratch / "other.tif", scramble(SampleType::float32, 1, {130, 150}).view());
  auto result = inspect("other.tif");
  EXPECT_EQ(result.code, 65);
  EXPECT_THAT(result.err, HasSubstr("do not show the same scene"));
  write_picture(scratch / "other.tif", scramble(SampleType::float32, 1, {43, 50}).view());
  EXPECT_EQ(inspect("other.tif").code, 65);
  write_picture(scratch / "other.tif", scramble(SampleType::float32, 1, {129, 150}).view());
  result = inspect("other.tif");
  EXPECT_EQ(result.code, 65);
  EXPECT_THAT(result.err, HasSubstr("both must show the same section"));
}

TEST_F(CommandInspectPair, RefusesFlagsThatSayTooLittleOrTooMuch) {
  EXPECT_EQ(firstframe_command({"inspect"}).code, 64);
  EXPECT_EQ(firstframe_command({"inspect", "--degraded", scratch / "clean.tif"}).code, 64);
  EXPECT_EQ(firstframe_command({"inspect", scratch / "clean.tif", "--plot", scratch / "plots.png"}).code, 64);
  degrade("noisy.tif", {"--noise-sigma", "5"});
  EXPECT_EQ(inspect("noisy.tif", {"--plot", scratch / "missing/plots.png"}).code, 73);
  EXPECT_EQ(inspect("noisy.tif", {"--plot", scratch / "plots.pdf"}).code, 64);
}

}  // namespace
}  // namespace firstframe
