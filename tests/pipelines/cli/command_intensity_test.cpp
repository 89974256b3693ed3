// What OCT samples stand for: said when training, kept by the model, checked wherever it is said again.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "io/picture/picture.h"
#include "tests/support/command.h"
#include "tests/support/scenes.h"

namespace firstframe {
namespace {

using testing::HasSubstr;
using Json = nlohmann::json;

class CommandIntensity : public testing::Test {
 protected:
  void SetUp() override {
    const auto pair = scene_pair({128, 160});
    write_picture(degraded, pair.degraded.view());
    write_picture(clean, pair.clean.view());
  }
  void train(const std::string& intensity) {
    const auto result = firstframe_command(
        {"train", "--degraded", degraded, "--clean", clean, "--restorer", "linear", "--intensity", intensity, "--model", model});
    ASSERT_EQ(result.code, 0) << result.err;
  }
  CommandResult restore(const std::string& intensity) {
    return firstframe_command({"restore", "--model", model, "--intensity", intensity, degraded, scratch / "restored.png"});
  }
  CommandResult measure(std::vector<std::string> more) {
    std::vector<std::string> arguments{"measure", degraded, clean, "--json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return firstframe_command(arguments);
  }

  ScratchFolder scratch;
  const std::string degraded = scratch / "degraded.png", clean = scratch / "clean.png", model = scratch / "model.safetensors";
};

TEST_F(CommandIntensity, IsKeptByTheModelAndShown) {
  train("log");
  EXPECT_EQ(Json::parse(firstframe_command({"inspect", model, "--json"}).out)["intensity"], "log");
  train("unknown");
  EXPECT_EQ(Json::parse(firstframe_command({"inspect", model, "--json"}).out)["intensity"], "unknown");
}

TEST_F(CommandIntensity, OfTheFramesMayNotBeTheOther) {
  train("log");
  const auto refused = restore("linear");
  EXPECT_EQ(refused.code, 64);
  EXPECT_THAT(refused.err, HasSubstr("intensity: the frames are said to be linear, the model was trained on log ones; convert the frames, "
                                     "train on such ones, or leave intensity at unknown"));
  EXPECT_EQ(restore("log").code, 0);
  EXPECT_EQ(restore("unknown").code, 0);
  train("unknown");
  EXPECT_EQ(restore("linear").code, 0) << "a model that was not told does not know better";
}

TEST_F(CommandIntensity, TellsMeasureWhatValuesStandFor) {
  train("linear");
  EXPECT_EQ(Json::parse(measure({"--oct", "--model", model}).out)["domain"], "linear");
  EXPECT_EQ(Json::parse(measure({"--oct"}).out)["domain"], "log");
  const auto refused = measure({"--oct", "--model", model, "--domain", "log"});
  EXPECT_EQ(refused.code, 64);
  EXPECT_THAT(refused.err, HasSubstr("measure: --domain is log, "));
  EXPECT_THAT(measure({"--model", model}).err, HasSubstr("--model and --dynamic-range-db belong to --oct"));
  train("unknown");
  EXPECT_EQ(Json::parse(measure({"--oct", "--model", model, "--domain", "linear"}).out)["domain"], "linear");
}

}  // namespace
}  // namespace firstframe
