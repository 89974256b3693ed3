// `measure --oct` as its user meets it: figures with their regions, domain and normalisation.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>

#include "io/picture/picture.h"
#include "tests/support/command.h"

namespace firstframe {
namespace {

using testing::HasSubstr;
using Json = nlohmann::json;

constexpr Extent kPicture{128, 192};

class CommandMeasureOct : public testing::Test {
 protected:
  void SetUp() override {
    write_picture(scratch / "clean.tif", b_scan(0).view());
    write_picture(scratch / "restored.tif", b_scan(0.05f).view());
  }

  // A bright layer under a dark background.
  static Section b_scan(float noise) {
    Section section(SampleType::float32, 1, kPicture);
    std::mt19937 generator(5);
    std::normal_distribution<float> normal;
    for (std::int64_t p = 0; p < kPicture.area(); ++p) {
      const auto row = p / kPicture.cols;
      section.samples<float>()[p] = (row >= 80 && row < 104 ? 0.7f : 0.2f) + noise * normal(generator);
    }
    return section;
  }

  CommandResult measure(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "measure");
    arguments.push_back("--oct");
    return firstframe_command(arguments);
  }

  ScratchFolder scratch;
  const std::vector<std::string> rois{"--roi", "background=4,8,40x160", "--roi", "layer=84,8,16x160"};
};

TEST_F(CommandMeasureOct, GivesFiguresOverTheRegionsThatAreGiven) {
  std::vector<std::string> arguments{scratch / "restored.tif", scratch / "clean.tif", "--json"};
  arguments.insert(arguments.end(), rois.begin(), rois.end());
  const auto result = Json::parse(measure(arguments).out);
  EXPECT_EQ(result["regions"]["background"], "4,8,40x160");
  EXPECT_EQ(result["regions"]["layers"][0], "84,8,16x160");
  EXPECT_EQ(result["regions_found"], false);
  EXPECT_EQ(result["domain"], "log");
  EXPECT_EQ(result["dynamic_range_db"], 40);
  EXPECT_NEAR(result["mean"]["cnr"].get<double>(), 10, 0.5);
  EXPECT_NEAR(result["mean"]["msr"].get<double>(), 14, 0.7);
  EXPECT_NEAR(result["mean"]["psnr_db"].get<double>(), 26, 0.2);
  EXPECT_GE(result["mean"]["matched_psnr_db"].get<double>(), result["mean"]["psnr_db"].get<double>());
  EXPECT_LT(result["mean"]["edge_preservation_index"], 0.95);
}

TEST_F(CommandMeasureOct, FindsRegionsInTheCleanPictureAndSaysSo) {
  const auto result = measure({scratch / "restored.tif", scratch / "clean.tif"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("regions, found in the clean picture: background "));
  EXPECT_THAT(result.out, HasSubstr("intensity: log, 40 dB from black to white"));
  EXPECT_THAT(result.out, HasSubstr("EPI "));
}

TEST_F(CommandMeasureOct, NeedsNoCleanPicture) {
  const auto result = measure({scratch / "restored.tif", "--domain", "linear", "--json"});
  EXPECT_EQ(result.code, 0) << result.err;
  const auto mean = Json::parse(result.out)["mean"];
  EXPECT_FALSE(mean.contains("psnr_db"));
  EXPECT_NEAR(mean["enl"].get<double>(), 0.7 * 0.7 / 0.0025, 60);
}

TEST_F(CommandMeasureOct, GivesNullForAConstantRegion) {
  const auto mean = Json::parse(measure({scratch / "clean.tif", "--json"}).out)["mean"];
  EXPECT_TRUE(mean["enl"].is_null());
  EXPECT_TRUE(mean["cnr"].is_null());
}

TEST_F(CommandMeasureOct, RefusesRegionsAndFlagsThatDoNotFit) {
  const auto refusal = [&](std::vector<std::string> more) {
    more.insert(more.begin(), scratch / "restored.tif");
    const auto result = measure(more);
    EXPECT_EQ(result.code, 64) << result.err;
    return result.err;
  };
  EXPECT_THAT(refusal({"--roi", "layer=1,2,3"}),
              HasSubstr("--roi layer=1,2,3 is not accepted; write background=ROW,COL"));
  EXPECT_THAT(refusal({"--roi", "layer=1,2,30x40"}), HasSubstr("0 backgrounds and 1 layers"));
  EXPECT_THAT(refusal({"--roi", "layer=120,2,30x40", "--roi", "background=0,0,20x20"}),
              HasSubstr("120,2,30x40 leaves the 128 x 192 picture"));
  EXPECT_THAT(refusal({"--domain", "linear", "--dynamic-range-db", "50"}),
              HasSubstr("belongs to --domain log"));
  EXPECT_THAT(refusal({"--common"}), HasSubstr("--common compares frames of two sizes"));
  const auto plain = firstframe_command({"measure", scratch / "restored.tif"});
  EXPECT_EQ(plain.code, 64);
  EXPECT_THAT(plain.err, HasSubstr("CLEAN is missing; only --oct measures without it"));
  EXPECT_THAT(
      firstframe_command({"measure", scratch / "restored.tif", scratch / "clean.tif", "--domain", "linear"})
          .err,
      HasSubstr("belong to --oct; add it"));
}

}  // namespace
}  // namespace firstframe
