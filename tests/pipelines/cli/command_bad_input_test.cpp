// Every refusal a user can meet: its exit code, its sentence, and that nothing half-written is left.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <random>

#include "io/model/model_file.h"
#include "io/picture/picture.h"
#include "tests/support/command.h"
#include "tests/support/scenes.h"

namespace firstframe {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class CommandBadInput : public testing::Test {
 protected:
  void SetUp() override {
    const auto pair = scene_pair({64, 80});
    write_picture(scratch / "clean.png", pair.clean.view());
    write_picture(scratch / "degraded.png", pair.degraded.view());
  }

  CommandResult train(const std::string& degraded, const std::string& clean, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"train", "--degraded", scratch / degraded, "--clean", scratch / clean, "--model",
                                       scratch / "model.safetensors"};
    if (more.empty()) more = {"--restorer", "linear"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return firstframe_command(arguments);
  }

  // Trained on the good pair; the tests that need a model start here.
  void train_well() { ASSERT_EQ(train("degraded.png", "clean.png").code, 0); }

  CommandResult restore(const std::string& input, const std::string& output) {
    return firstframe_command({"restore", "--model", scratch / "model.safetensors", scratch / input, scratch / output});
  }

  void write_text(const std::string& name, const std::string& content) { std::ofstream(scratch / name) << content; }

  void cut(const std::string& name, const std::string& into, double part) {
    fs::copy_file(scratch / name, scratch / into);
    fs::resize_file(scratch / into, static_cast<std::uintmax_t>(part * static_cast<double>(fs::file_size(scratch / name))));
  }

  bool has_drafts() {
    const auto names = scratch.names();
    return std::any_of(names.begin(), names.end(), [](const auto& name) { return name.find(".part") != std::string::npos; });
  }

  void expect_refused(const CommandResult& result, int code, const std::string& sentence) {
    EXPECT_EQ(result.code, code) << result.err;
    EXPECT_THAT(result.err, HasSubstr(sentence));
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << result.err;
    EXPECT_FALSE(has_drafts());
  }

  ScratchFolder scratch;
};

TEST_F(CommandBadInput, RefusesAPairOfDifferentSizes) {
  write_picture(scratch / "small.png", scene({63, 80}).view());
  expect_refused(train("degraded.png", "small.png"), 65, "degraded is 64 x 80, clean is 63 x 80; both must show the same section, the clean one at");
  EXPECT_FALSE(fs::exists(scratch / "model.safetensors"));
}

TEST_F(CommandBadInput, RefusesAConstantPair) {
  Section grey(SampleType::uint8, 1, {64, 80});
  write_picture(scratch / "black.png", grey.view());
  expect_refused(train("degraded.png", "black.png"), 65, "the clean frame is constant (every pixel 0); nothing can be learned");
}

TEST_F(CommandBadInput, RefusesAnIdenticalPair) {
  expect_refused(train("clean.png", "clean.png"), 65, "degraded and clean are identical; there is nothing to restore");
}

TEST_F(CommandBadInput, RefusesAPairWithNaN) {
  auto degraded = scene({64, 80}, SampleType::float32);
  degraded.samples<float>()[3 * 80 + 5] = std::numeric_limits<float>::quiet_NaN();
  write_picture(scratch / "nan.tif", degraded.view());
  expect_refused(train("nan.tif", "clean.png"), 65, "row 3, column 5 is NaN or infinite");
}

TEST_F(CommandBadInput, RefusesACleanPictureOfAnotherDepth) {
  write_picture(scratch / "deep.png", scene({64, 80}, SampleType::uint16).view());
  expect_refused(train("degraded.png", "deep.png"), 65, "degraded is uint8, clean is uint16");
}

TEST_F(CommandBadInput, RefusesAPatchLargerThanThePair) {
  expect_refused(train("degraded.png", "clean.png", {"--restorer", "residual", "--patch", "100"}), 64,
                 "patch: 100 does not fit a pair of 64 x 80; use 1..64");
}

TEST_F(CommandBadInput, RefusesToTrainForNoTime) {
  expect_refused(train("degraded.png", "clean.png", {"--seconds", "0"}), 64, "seconds: 0 trains nothing");
}

TEST_F(CommandBadInput, RefusesAStrideThatLeavesPixelsUncovered) {
  ASSERT_EQ(train("degraded.png", "clean.png", {"--restorer", "rnn", "--steps", "5"}).code, 0);
  expect_refused(firstframe_command({"restore", "--model", scratch / "model.safetensors", scratch / "degraded.png",
                                     scratch / "out.png", "--stride", "16"}),
                 64, "stride: 16 would leave pixels uncovered");
}

TEST_F(CommandBadInput, NamesAMissingFile) {
  expect_refused(train("nowhere.png", "clean.png"), 65, "nowhere.png");
  expect_refused(restore("degraded.png", "out.png"), 65, "model.safetensors");
}

TEST_F(CommandBadInput, NamesAnEmptyFile) {
  write_text("empty.png", "");
  expect_refused(train("empty.png", "clean.png"), 65, "empty.png");
  write_text("model.safetensors", "");
  expect_refused(restore("degraded.png", "out.png"), 65, "model.safetensors");
}

TEST_F(CommandBadInput, NamesACutFile) {
  cut("degraded.png", "cut.png", 0.6);
  expect_refused(train("cut.png", "clean.png"), 65, "cut.png");
  train_well();
  fs::rename(scratch / "model.safetensors", scratch / "whole.safetensors");
  cut("whole.safetensors", "model.safetensors", 0.7);
  expect_refused(restore("degraded.png", "out.png"), 65, "model.safetensors");
}

TEST_F(CommandBadInput, NamesAFileOfTheWrongKind) {
  write_text("notes.txt", "these are words, no pixels");
  expect_refused(train("notes.txt", "clean.png"), 65, "notes.txt");
  fs::copy_file(scratch / "clean.png", scratch / "model.safetensors");
  expect_refused(restore("degraded.png", "out.png"), 65, "model.safetensors");
}

TEST_F(CommandBadInput, RefusesAModelOfAnotherChannelCount) {
  Section colour(SampleType::uint8, 3, {64, 80});
  const auto grey = scene({64, 80});
  for (int channel = 0; channel < 3; ++channel)
    std::copy_n(grey.samples<std::uint8_t>(), 64 * 80, colour.samples<std::uint8_t>() + channel * 64 * 80);
  colour.samples<std::uint8_t>()[0] ^= 1;
  write_picture(scratch / "colour.png", colour.view());
  const auto degraded = converted(degrade(colour.view(), {.noise_sigma = 5}).view(), SampleType::uint8);
  write_picture(scratch / "degraded_colour.png", degraded.view());
  ASSERT_EQ(train("degraded_colour.png", "colour.png", {"--restorer", "linear", "--channels", "rgb"}).code, 0);
  expect_refused(restore("degraded.png", "out.png"), 65, "trained on 3-channel frames, this one has 1");
}

TEST_F(CommandBadInput, SaysBeforeTrainingThatTheModelHasNoPlace) {
  const auto result = firstframe_command({"train", "--degraded", scratch / "degraded.png", "--clean", scratch / "clean.png",
                                          "--model", scratch / "no/such/folder/model.safetensors", "--seconds", "60"});
  expect_refused(result, 73, "no/such/folder");
}

TEST_F(CommandBadInput, SaysThatTheOutputFolderIsNotThere) {
  train_well();
  expect_refused(restore("degraded.png", "no/folder/out.png"), 73, "no/folder");
  expect_refused(restore("degraded.png", "clean.png/out.png"), 73, "clean.png");
}

TEST_F(CommandBadInput, RefusesAnUnknownEnding) {
  train_well();
  expect_refused(restore("degraded.png", "out.xyz"), 64, "out.xyz");
}

TEST_F(CommandBadInput, RefusesUnknownFlagsAndValues) {
  EXPECT_EQ(firstframe_command({"train", "--nonsense"}).code, 64);
  EXPECT_EQ(firstframe_command({}).code, 64);
  expect_refused(train("degraded.png", "clean.png", {"--restorer", "magic"}), 64,
                 "restorer: 'magic' is not accepted; use residual, unet, unet-gan, rnn, rnn-gan, linear, dncnn");
  expect_refused(train("degraded.png", "clean.png", {"--range", "9:1"}), 64, "use LOW:HIGH");
}

TEST_F(CommandBadInput, AsksForTheRangeOfFloatValuesThatHaveNone) {
  auto degraded = scene({64, 80}, SampleType::float32);
  for (std::int64_t i = 0; i < 64 * 80; ++i) degraded.samples<float>()[i] *= 200;
  write_picture(scratch / "wide.tif", degraded.view());
  expect_refused(train("wide.tif", "clean.png"), 65, "state the range of its values");
  EXPECT_EQ(train("wide.tif", "clean.png", {"--restorer", "linear", "--range", "0:255"}).code, 0);
}

// A file system of 256 KiB that fills while the result is written.
TEST_F(CommandBadInput, LeavesNothingBehindWhenTheDiskFills) {
  train_well();
  fs::create_directory(scratch / "full");
  if (mount("tmpfs", (scratch / "full").c_str(), "tmpfs", 0, "size=256k") != 0)
    GTEST_SKIP() << "mounting a small disk needs root";
  Section large(SampleType::uint8, 1, {1024, 1024});
  std::mt19937 generator(1);
  std::generate_n(large.samples<std::uint8_t>(), 1024 * 1024, [&] { return static_cast<std::uint8_t>(generator()); });
  write_picture(scratch / "large.png", large.view());
  const auto picture = restore("large.png", "full/out.png");
  fs::create_directory(scratch / "frames");
  for (int i = 0; i < 3; ++i) fs::copy_file(scratch / "large.png", scratch / ("frames/" + std::to_string(i) + ".png"));
  const auto video = restore("frames", "full/out.mkv");
  const auto model = firstframe_command({"train", "--degraded", scratch / "degraded.png", "--clean", scratch / "clean.png",
                                         "--model", scratch / "full/m.safetensors", "--steps", "2"});
  const bool is_empty = fs::is_empty(scratch / "full");
  umount((scratch / "full").c_str());
  EXPECT_EQ(picture.code, 73) << picture.err;
  EXPECT_EQ(video.code, 73) << video.err;
  EXPECT_EQ(model.code, 73) << model.err;
  EXPECT_TRUE(is_empty);
}

}  // namespace
}  // namespace firstframe
