// Ctrl-C: exit code 75, one sentence, and nothing half-written under the final name.

#include <gtest/gtest.h>

#include "io/picture/picture.h"
#include "tests/support/command.h"
#include "tests/support/scenes.h"

namespace firstframe {
namespace {

namespace fs = std::filesystem;

class CommandInterrupt : public testing::Test {
 protected:
  void SetUp() override {
    const auto pair = scene_pair({256, 256});
    write_picture(scratch / "clean.png", pair.clean.view());
    write_picture(scratch / "degraded.png", pair.degraded.view());
  }
  ScratchFolder scratch;
};

TEST_F(CommandInterrupt, StopsTrainingAndKeepsTheFormerModel) {
  std::ofstream(scratch / "model.safetensors") << "the model of yesterday";
  for (const int signal : {SIGINT, SIGTERM}) {
    const auto result = firstframe_command({"train", "--degraded", scratch / "degraded.png", "--clean", scratch / "clean.png",
                                            "--model", scratch / "model.safetensors", "--seconds", "120"},
                                           signal, 3);
    EXPECT_EQ(result.code, 75);
    EXPECT_EQ(result.err, "firstframe: training: stopped; nothing half-written has an output's name\n");
    EXPECT_EQ(fs::file_size(scratch / "model.safetensors"), 22u);
    EXPECT_EQ(scratch.names().size(), 3u);
  }
}

TEST_F(CommandInterrupt, StopsRestoringAVideoWithoutLeavingHalfOfIt) {
  fs::create_directory(scratch / "frames");
  for (int i = 0; i < 200; ++i)
    fs::copy_file(scratch / "degraded.png", scratch / ("frames/" + std::to_string(1000 + i) + ".png"));
  ASSERT_EQ(firstframe_command({"train", "--degraded", scratch / "degraded.png", "--clean", scratch / "clean.png", "--model",
                                scratch / "model.safetensors", "--restorer", "unet", "--steps", "2"})
                .code,
            0);
  const auto result = firstframe_command(
      {"restore", "--model", scratch / "model.safetensors", scratch / "frames", scratch / "restored.mkv"}, SIGINT, 3);
  EXPECT_EQ(result.code, 75) << result.err;
  EXPECT_FALSE(fs::exists(scratch / "restored.mkv"));
  EXPECT_EQ(scratch.names().size(), 4u);  // clean, degraded, frames, model
}

}  // namespace
}  // namespace firstframe
