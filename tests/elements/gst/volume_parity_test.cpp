// One model, one volume: the command and the pipeline write the same bytes.

#include "core/training/trainer.h"
#include "io/model/model_file.h"
#include "tests/elements/gst/volume_pipelines.h"
#include "tests/support/command.h"

namespace firstframe {
namespace {

struct Case {
  StoredType stored;
  std::string restorer;
  Axis axis;
};

std::string name_of_case(const testing::TestParamInfo<Case>& info) {
  return name_of(info.param.stored) + "_" + info.param.restorer + "_" + std::string(name_of(info.param.axis));
}

// A model of values in range_of(): for 16 bits a part of what the type holds, which it keeps as its trained range.
void write_model_for(const std::string& path, const Case& tried, std::int64_t scale = 1) {
  const auto pair = scale == 1 ? scene_pair({60, 64}, SampleType::float32)
                               : small_pair({60 * scale, 64 * scale}, scale, /*phase=*/0, SampleType::float32);
  TrainSettings settings;
  settings.restorer = tried.restorer;
  settings.steps = 6;
  settings.patch = tried.restorer == "linear" ? 0 : 16;
  settings.batch = tried.restorer == "linear" ? 0 : 2;
  const auto restorer = train({section_in_range(pair.degraded, tried.stored), section_in_range(pair.clean, tried.stored), /*neighbours=*/0,
                               code_of(tried.stored).offset},
                              settings);
  write_model(path, restorer->model());
}

// Every way to restore a volume: writes it to `output`, and says what went wrong. One line adds a way.
using Way = std::string (*)(const std::string& model, const std::string& input, const std::string& output, Axis axis);

std::string by_pipeline(const std::string& model, const std::string& input, const std::string& output, Axis axis) {
  Pipeline pipeline(text("firstframevolumesrc location=", input, " axis=", name_of(axis), " ! queue ! videoconvert ! "
                         "firstframerestore name=restore model-location=", model, " ! queue ! firstframevolumesink location=", output));
  const auto complaint = pipeline.run().text;
  GstStructure* stats = nullptr;
  g_object_get(pipeline.element("restore").get(), "stats", &stats, nullptr);
  guint64 degraded = 1, dropped = 1;
  gst_structure_get(stats, "frames-degraded", G_TYPE_UINT64, &degraded, "frames-dropped", G_TYPE_UINT64, &dropped, nullptr);
  gst_structure_free(stats);
  EXPECT_EQ(degraded, 0u);
  EXPECT_EQ(dropped, 0u);
  return complaint;
}

std::string by_pipeline_of_one_thread(const std::string& model, const std::string& input, const std::string& output, Axis axis) {
  return run(text("firstframevolumesrc location=", input, " axis=", name_of(axis), " ! firstframerestore threads=1 model-location=",
                  model, " ! firstframevolumesink location=", output)).text;
}

const std::vector<std::pair<std::string, Way>> kWays = {
    {"pipeline", by_pipeline},
    {"pipeline_of_one_thread", by_pipeline_of_one_thread},
};

void restore_by_command(const std::string& model, const std::string& input, const std::string& output, Axis axis) {
  const auto result = firstframe_command({"restore", "--model", model, input, output, "--axis", std::string(name_of(axis))});
  EXPECT_EQ(result.code, 0) << result.err;
}

class VolumeParity : public testing::TestWithParam<Case> {};

TEST_P(VolumeParity, EveryWayGivesTheBytesOfTheCommand) {
  const auto& tried = GetParam();
  const ScratchFolder folder;
  const auto model = folder / "model.safetensors", input = folder / "in.mha", expected = folder / "command.mha";
  write_model_for(model, tried);
  write_volume(input, small_volume(tried.stored));
  restore_by_command(model, input, expected, tried.axis);
  ASSERT_NE(content_of(expected), content_of(input));
  for (const auto& [name, restore] : kWays) {
    const auto output = folder / (name + ".mha");
    EXPECT_EQ(restore(model, input, output, tried.axis), "") << name;
    EXPECT_TRUE(content_of(output) == content_of(expected)) << name;
    EXPECT_FALSE(std::filesystem::exists(output + ".part")) << name;
  }
}

INSTANTIATE_TEST_SUITE_P(Of, VolumeParity,
                         testing::Values(Case{StoredType::uint8, "linear", Axis::z}, Case{StoredType::int16, "linear", Axis::z},
                                         Case{StoredType::uint16, "linear", Axis::y}, Case{StoredType::uint8, "residual", Axis::y},
                                         Case{StoredType::int16, "residual", Axis::y}, Case{StoredType::uint16, "residual", Axis::z}),
                         name_of_case);

TEST_P(VolumeParity, ADraftThatIsGoneOnWithComesToTheBytesOfTheCommand) {
  const auto& tried = GetParam();
  if (tried.restorer != "linear") GTEST_SKIP() << "one restorer shows it";
  const ScratchFolder folder;
  const auto model = folder / "model.safetensors", input = folder / "in.mha", output = folder / "out.mha";
  write_model_for(model, tried);
  write_volume(input, small_volume(tried.stored));
  restore_by_command(model, input, folder / "command.mha", tried.axis);
  const auto line = text("firstframevolumesrc location=", input, " axis=", name_of(tried.axis), " ! queue ! firstframerestore "
                         "model-location=", model, " ! queue ! identity name=between ! firstframevolumesink location=", output);
  {
    Pipeline stopped(line);
    lose(stopped, 4);
    ASSERT_THAT(stopped.run().text, testing::HasSubstr("section 4 is next"));
  }
  ASSERT_FALSE(std::filesystem::exists(output));
  EXPECT_EQ(run(line + " resume=true").text, "");
  EXPECT_TRUE(content_of(output) == content_of(folder / "command.mha"));
}

TEST(VolumeParityOfRanges, NoWayTakesValuesOfOtherSamplesForTheModels) {
  const ScratchFolder folder;
  const auto model = folder / "model.safetensors", input = folder / "in.mha";
  write_model_for(model, {StoredType::int16, "linear", Axis::z});
  write_volume(input, small_volume(StoredType::uint16));
  for (const auto& [name, restore] : kWays)
    EXPECT_THAT(restore(model, input, folder / (name + ".mha"), Axis::z),
                testing::HasSubstr("holds uint16, the model was trained on int16 with black -1000 and white 3095"))
        << name;
}

// Samples kept at phase 0 lie elsewhere than at the centre of what they become, which the origin tells.
TEST(VolumeParityOfSuperResolution, EveryWayGivesTheBytesOfTheCommand) {
  const ScratchFolder folder;
  const auto model = folder / "model.safetensors", input = folder / "in.mha", expected = folder / "command.mha";
  write_model_for(model, {StoredType::uint8, "linear", Axis::z}, 2);
  write_volume(input, small_volume(StoredType::uint8));
  restore_by_command(model, input, expected, Axis::z);
  const auto large = open_volume(expected)->info().geometry;
  ASSERT_EQ(large.size, (std::array<std::int64_t, 3>{74, 60, 6}));
  ASSERT_NE(large, enlarged(small_volume(StoredType::uint8).geometry, Axis::z, centred_upscale(2)));
  for (const auto& [name, restore] : kWays) {
    const auto output = folder / (name + ".mha");
    EXPECT_EQ(restore(model, input, output, Axis::z), "") << name;
    EXPECT_TRUE(content_of(output) == content_of(expected)) << name;
  }
}

}  // namespace
}  // namespace firstframe
