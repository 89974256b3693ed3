// `average` as its user meets it: repeats in, a clean picture out that trains.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/metrics/psnr.h"
#include "io/picture/picture.h"
#include "tests/core/support/camera.h"
#include "tests/support/command.h"

namespace firstframe {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using Json = nlohmann::json;

class CommandAverage : public testing::Test {
 protected:
  void SetUp() override {
    fs::create_directory(scratch / "repeats");
    const double shifts[][2] = {{0, 0}, {2, -1.5}, {-1, 0.5}, {0.5, 3}};
    for (int i = 0; i < 4; ++i)
      write_picture(repeat(i),
                    converted(camera.shoot(shifts[i][0], shifts[i][1]).view(), SampleType::uint8).view());
  }

  std::string repeat(int i) const { return scratch / ("repeats/" + std::to_string(i) + ".png"); }

  CommandResult average(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "average");
    return firstframe_command(arguments);
  }

  void expect_refused(const CommandResult& result, int code, const std::string& sentence) {
    EXPECT_EQ(result.code, code) << result.err;
    EXPECT_THAT(result.err, HasSubstr(sentence));
    EXPECT_FALSE(fs::exists(scratch / "clean.tif"));
    for (const auto& name : scratch.names()) EXPECT_EQ(name.find(".part"), std::string::npos) << name;
  }

  Camera camera{15};
  ScratchFolder scratch;
};

TEST_F(CommandAverage, WritesFloatsToTiffAndTheRepeatsDepthToPng) {
  ASSERT_EQ(average({scratch / "repeats", scratch / "clean.tif"}).code, 0);
  ASSERT_EQ(average({scratch / "repeats", scratch / "clean.png"}).code, 0);
  ASSERT_EQ(average({scratch / "repeats", scratch / "deep.png", "--depth", "16"}).code, 0);
  const auto precise = read_picture(scratch / "clean.tif");
  EXPECT_EQ(precise.type(), SampleType::float32);
  EXPECT_EQ(read_picture(scratch / "clean.png").type(), SampleType::uint8);
  EXPECT_EQ(read_picture(scratch / "deep.png").type(), SampleType::uint16);
  EXPECT_GT(psnr(precise.view(), read_picture(scratch / "deep.png").view()), 90);
  EXPECT_GT(psnr(precise.view(), read_picture(scratch / "clean.png").view()), 57);
  EXPECT_GT(psnr(precise.view(), camera.see().view()),
            psnr(read_picture(repeat(0)).view(), camera.see().view()) + 4);
}

TEST_F(CommandAverage, SaysWhereEachRepeatLayAndWhatIsCovered) {
  const auto result = Json::parse(average({scratch / "repeats", scratch / "clean.tif", "--json"}).out);
  EXPECT_EQ(result["averaged"], 4);
  EXPECT_EQ(result["reference"], "0.png");
  EXPECT_EQ(result["repeats"][1]["name"], "1.png");
  EXPECT_NEAR(result["repeats"][1]["down_pixels"].get<double>(), 2, 0.15);
  EXPECT_NEAR(result["repeats"][1]["across_pixels"].get<double>(), -1.5, 0.15);
  EXPECT_EQ(result["cropped"], false);
  EXPECT_LT(result["valid"]["rows"], 96);
  EXPECT_THAT(average({scratch / "repeats", scratch / "clean.tif"}).out,
              HasSubstr("mean of 4 of 4 repeats on 0.png, float32"));
}

TEST_F(CommandAverage, CropsToWhatAllCoverWhenAsked) {
  const auto result =
      Json::parse(average({scratch / "repeats", scratch / "clean.tif", "--crop", "valid", "--json"}).out);
  const auto clean = read_picture(scratch / "clean.tif");
  EXPECT_EQ(clean.extent().rows, result["valid"]["rows"]);
  EXPECT_EQ(clean.extent().cols, result["valid"]["cols"]);
}

TEST_F(CommandAverage, MakesATrainingPairWithoutTheReferenceInTheMean) {
  const auto result = Json::parse(
      average({scratch / "repeats", scratch / "clean.tif", "--degraded", scratch / "degraded.png", "--json"})
          .out);
  EXPECT_EQ(result["averaged"], 3);
  EXPECT_EQ(result["cropped"], true);
  EXPECT_EQ(read_picture(scratch / "degraded.png").extent(), read_picture(scratch / "clean.tif").extent());
  const auto trained =
      firstframe_command({"train", "--degraded", scratch / "degraded.png", "--clean", scratch / "clean.tif",
                          "--model", scratch / "m.safetensors", "--restorer", "linear"});
  EXPECT_EQ(trained.code, 0) << trained.err;
}

TEST_F(CommandAverage, TakesSomeSectionsOfAStream) {
  const auto result =
      Json::parse(average({scratch / "repeats", scratch / "clean.tif", "--slices", "1-2", "--json"}).out);
  ASSERT_EQ(result["repeats"].size(), 2u);
  EXPECT_EQ(result["repeats"][0]["name"], "1.png");
  expect_refused((fs::remove(scratch / "clean.tif"),
                  average({scratch / "repeats", scratch / "clean.tif", "--slices", "2-9"})),
                 64, "--slices goes to 9, ");
  expect_refused(average({scratch / "repeats", scratch / "clean.tif", "--slices", "3-1"}), 64,
                 "use FIRST-LAST");
}

TEST_F(CommandAverage, NamesTheRepeatItLeavesOut) {
  write_picture(repeat(4),
                converted(scene(Camera::kFrame, SampleType::float32, 7).view(), SampleType::uint8).view());
  const auto result = average({scratch / "repeats", scratch / "clean.tif"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("4.png: left out, "));
  EXPECT_THAT(result.out, HasSubstr("mean of 4 of 5 repeats"));
}

TEST_F(CommandAverage, RefusesWhatIsNoSetOfRepeats) {
  expect_refused(average({repeat(0), scratch / "clean.tif"}), 65, "is one frame; at least two repeats");
  expect_refused(average({scratch / "clean.tif"}), 64, "REPEATS... OUT");
  write_picture(scratch / "small.png", scene({64, 80}).view());
  expect_refused(average({repeat(0), scratch / "small.png", scratch / "clean.tif"}), 65,
                 "repeats must be alike");
  Section colour(SampleType::uint8, 3, Camera::kFrame);
  write_picture(scratch / "colour.png", colour.view());
  expect_refused(average({repeat(0), scratch / "colour.png", scratch / "clean.tif"}), 65,
                 "3 channels; the first");
  expect_refused(average({repeat(0), scratch / "missing.png", scratch / "clean.tif"}), 65,
                 "there is no such file");
  expect_refused(average({scratch / "repeats", scratch / "clean.tif", "--reference", "9"}), 64,
                 "there is no repeat 9");
}

TEST_F(CommandAverage, RefusesToWriteOverItsRepeatsOrAmongThem) {
  const auto before = fs::file_size(repeat(1));
  expect_refused(average({repeat(0), repeat(1), repeat(1)}), 64,
                 "is one of the repeats, which is not overwritten");
  EXPECT_EQ(fs::file_size(repeat(1)), before);
  expect_refused(average({scratch / "repeats", scratch / "repeats/clean.tif"}), 64,
                 "the next run would take it for one");
  expect_refused(average({scratch / "repeats", scratch / "clean.avi"}), 64,
                 "the name of a picture was expected");
  expect_refused(average({scratch / "repeats", scratch / "none/clean.tif"}), 73, "none");
}

}  // namespace
}  // namespace firstframe
