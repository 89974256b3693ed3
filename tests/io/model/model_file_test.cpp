#include "io/model/model_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "core/base/error.h"
#include "tests/io/model/models.h"
#include "tests/io/temp_folder.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(ModelFile, GivesEveryFieldAndEveryBitBack) {
  const TempFolder folder;
  const auto model = a_model();
  write_model(folder / "m.safetensors", model);
  const auto back = read_model(folder / "m.safetensors");
  EXPECT_EQ(back.info.restorer, model.info.restorer);
  EXPECT_EQ(back.info.shape, model.info.shape);
  EXPECT_EQ(back.info.channels, model.info.channels);
  EXPECT_EQ(back.info.neighbours, model.info.neighbours);
  EXPECT_EQ(back.info.receptive_field, model.info.receptive_field);
  EXPECT_EQ(back.info.border, model.info.border);
  EXPECT_EQ(back.info.normalisation, model.info.normalisation);
  EXPECT_EQ(back.info.scale, model.info.scale);
  EXPECT_EQ(back.info.row_phase, model.info.row_phase);
  EXPECT_EQ(back.info.col_phase, model.info.col_phase);
  EXPECT_EQ(back.info.intensity, model.info.intensity);
  ASSERT_TRUE(back.info.trained_range);
  EXPECT_EQ(back.info.trained_range->type, model.info.trained_range->type);
  EXPECT_EQ(back.info.trained_range->range, model.info.trained_range->range);
  EXPECT_EQ(back.info.trained_range->offset, model.info.trained_range->offset);
  EXPECT_EQ(back.info.seed, model.info.seed);
  EXPECT_EQ(back.info.steps, model.info.steps);
  EXPECT_EQ(back.info.planned_steps, model.info.planned_steps);
  EXPECT_EQ(back.info.train_seconds, model.info.train_seconds);
  EXPECT_EQ(back.info.threads, model.info.threads);
  EXPECT_EQ(back.info.pair_hash, model.info.pair_hash);
  EXPECT_EQ(back.info.settings, model.info.settings);
  EXPECT_EQ(back.info.held_out_psnr, model.info.held_out_psnr);
  EXPECT_EQ(back.info.ensemble_gain, model.info.ensemble_gain);
  EXPECT_EQ(back.info.held_out_degraded_psnr, model.info.held_out_degraded_psnr);
  EXPECT_EQ(back.info.note, model.info.note);
  EXPECT_EQ(back.info.versions, model.info.versions);
  ASSERT_EQ(back.weights.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(back.weights[i].name, model.weights[i].name);
    EXPECT_EQ(back.weights[i].shape, model.weights[i].shape);
    EXPECT_EQ(back.weights[i].values, model.weights[i].values);
  }
  EXPECT_THAT(folder.names(), ElementsAre("m.safetensors"));
}

TEST(ModelFile, KeepsAbsentValuesAbsent) {
  const TempFolder folder;
  auto model = a_model();
  model.info.held_out_psnr.reset();
  model.info.held_out_degraded_psnr.reset();
  model.info.trained_range.reset();
  write_model(folder / "m", model);
  EXPECT_EQ(read_model(folder / "m").info.held_out_psnr, std::nullopt);
  EXPECT_EQ(read_model(folder / "m").info.held_out_degraded_psnr, std::nullopt);
  EXPECT_FALSE(read_model(folder / "m").info.trained_range);
}

TEST(ModelFile, ReadsModelsOfBeforeThereWereNotes) {
  const TempFolder folder;
  write_model(folder / "m", a_model());
  auto file = content_of(folder / "m");
  const auto at = file.find("\\\"note\\\"");
  ASSERT_NE(at, std::string::npos);
  put(folder / "m", file.replace(at, 4, "\\\"vo"));
  EXPECT_EQ(read_model(folder / "m").info.note, "");
  EXPECT_EQ(read_model(folder / "m").info.versions, a_model().info.versions);
}

TEST(ModelFile, HoldsModelsWithoutWeightsAndWeightsWithoutValues) {
  const TempFolder folder;
  Model model = a_model();
  model.weights = {{"none", {0, 4}, {}}, {"one", {1}, {1}}, {"none too", {0}, {}}};
  write_model(folder / "m", model);
  EXPECT_EQ(read_model(folder / "m").weights.size(), 3u);
  model.weights.clear();
  write_model(folder / "m", model);
  EXPECT_THAT(read_model(folder / "m").weights, IsEmpty());
}

TEST(ModelFile, LeavesNoNumbersToTheRestorer) {
  const TempFolder folder;
  auto model = a_model();
  model.weights[0].values[2] = std::nanf("");
  write_model(folder / "m", model);
  EXPECT_TRUE(std::isnan(read_model(folder / "m").weights[0].values[2]));
}

TEST(ModelFile, IsLaidOutAsTheFormatAsks) {
  const TempFolder folder;
  write_model(folder / "m", a_model());
  const auto file = content_of(folder / "m");
  std::uint64_t header = 0;
  std::memcpy(&header, file.data(), 8);
  EXPECT_EQ(header % 8, 0u);  // the weights can be mapped into memory
  EXPECT_EQ(file.size(), 8 + header + 8 * sizeof(float));
  EXPECT_THAT(file.substr(8, header), testing::StartsWith("{\"__metadata__\":{\"firstframe\":\"{"));
  EXPECT_THAT(file.substr(8, header),
              HasSubstr("\"tail.weight\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]}"));
  float first = 0;
  std::memcpy(&first, file.data() + 8 + header, 4);
  EXPECT_EQ(first, 1.0f);
}

TEST(WriteModel, RefusesWeightsThatContradictThemselves) {
  const TempFolder folder;
  const auto path = folder / "m";
  auto model = a_model();
  model.weights[0].values.pop_back();
  EXPECT_EQ(message_of<ArgumentError>([&] { write_model(path, model); }),
            path.string() + ": weight \"tail.weight\" has 5 values, its shape promises 6");
  model = a_model();
  model.weights[1].name = "gain";
  EXPECT_EQ(message_of<ArgumentError>([&] { write_model(path, model); }),
            path.string() + ": two weights are named \"gain\"");
  model = a_model();
  model.info.settings = "\xff";
  EXPECT_THAT(message_of<ArgumentError>([&] { write_model(path, model); }), HasSubstr("are no UTF-8"));
  EXPECT_THAT(folder.names(), IsEmpty());
}

TEST(WriteModel, SaysWhereItCannotWrite) {
  const TempFolder folder;
  EXPECT_THAT(message_of<OutputError>([&] { write_model(folder / "no/m", a_model()); }),
              HasSubstr("does not exist; make it first"));
  put(folder / "file", "");
  EXPECT_THAT(message_of<OutputError>([&] { write_model(folder / "file/m", a_model()); }),
              HasSubstr("cannot be written: Not a directory"));
  EXPECT_THAT(folder.names(), ElementsAre("file"));
}

TEST(WriteModel, KeepsTheOldModelWhenTheDiskIsFull) {
  const SmallDisk disk("64k");
  FIRSTFRAME_SKIP_UNLESS_MOUNTED(disk);
  const auto path = disk.folder() / "m.safetensors";
  write_model(path, a_model());
  auto large = a_model();
  large.weights.push_back({"large", {100'000}, std::vector<float>(100'000)});
  EXPECT_EQ(message_of<OutputError>([&] { write_model(path, large); }),
            path.string() + ": cannot be written: No space left on device");
  EXPECT_THAT(disk.folder().names(), ElementsAre("m.safetensors"));
  EXPECT_EQ(read_model(path).weights.size(), 3u);
}

}  // namespace
}  // namespace firstframe
