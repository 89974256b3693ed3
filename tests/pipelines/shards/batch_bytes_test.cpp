// The outputs of a batch are those of one process, in every format, along every axis, of volumes and of pictures.

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "io/picture/picture.h"
#include "io/stream/frame_sink.h"
#include "io/stream/frame_source.h"
#include "pipelines/sections/frame_work.h"
#include "tests/io/seismic/segy_files.h"
#include "tests/pipelines/shards/batch_job.h"

namespace firstframe {
namespace {

namespace fs = std::filesystem;

class BatchBytes : public BatchJob {};

// A section along x or y has samples all over the file.
TEST_F(BatchBytes, AreThoseOfOneProcessInEveryFormatAlongEveryAxis) {
  for (const std::string ending : {".mha", ".nrrd", ".nhdr", ".tif", ".raw", ".nii", ".nii.gz"})
    for (const auto axis : {Axis::x, Axis::y, Axis::z}) {
      const auto name = std::string(name_of(axis)) + ending;
      request.choices.volume.axis = axis;
      request.ending = ending;
      request.folder = folder / ("batch" + name);
      request.residual_folder = (folder / ("residuals" + name)).string();
      try {
        const auto planned = plan();
        run_all(planned);
        merge(planned);
      } catch (const DeviceError&) {
        continue;  // a build without ITK writes no NIfTI
      }
      // A header names the file of its samples, so it is restored under the same name.
      fs::create_directories(folder / ("whole" + name));
      fs::create_directories(folder / ("removed" + name));
      restore_whole("volume.mha", "whole" + name + "/volume" + ending, "removed" + name + "/volume" + ending);
      for (const auto& entry : fs::directory_iterator(folder / ("whole" + name)))
        expect_same(fs::path("batch" + name) / entry.path().filename(), entry.path());
      for (const auto& entry : fs::directory_iterator(folder / ("removed" + name)))
        expect_same(fs::path("residuals" + name) / entry.path().filename(), entry.path());
    }
}

// Headers, dead traces and the words that restoring did not change are the input's own.
TEST_F(BatchBytes, AreThoseOfOneProcessForSegy) {
  SegyRecipe recipe;
  recipe.inlines = 7;
  recipe.crosslines = 9;
  recipe.format = 1;
  recipe.is_marked_dead = [](int inl, int xl) { return inl == 3 && xl == 4; };
  put(folder / "survey.sgy", segy_bytes(recipe));
  request.inputs = {(folder / "survey.sgy").string()};
  request.shards = 3;
  request.choices.volume.range = ValueRange{-100, 100};
  for (const auto kind : {SegySections::inlines, SegySections::crosslines}) {
    const std::string name = kind == SegySections::inlines ? "inlines" : "crosslines";
    request.choices.volume.segy.sections = kind;
    request.folder = folder / name;
    request.residual_folder = (folder / ("residuals_" + name)).string();
    try {
      const auto planned = plan();
      run_all(planned);
      merge(planned);
    } catch (const DeviceError& without) {
      GTEST_SKIP() << without.what();
    }
    restore_whole("survey.sgy", "whole_" + name + ".sgy", "removed_" + name + ".sgy");
    expect_same(request.folder / "survey.sgy", "whole_" + name + ".sgy");
    expect_same("residuals_" + name + "/survey.sgy", "removed_" + name + ".sgy");
  }
  EXPECT_FALSE(content_of(folder / "inlines/survey.sgy") == content_of(folder / "survey.sgy"));
}

TEST_F(BatchBytes, AreThoseOfOneProcessForAnyNumberOfShards) {
  restore_whole("volume.mha", "whole.mha");
  for (std::int64_t shards : {1, 3, 7, 20}) {
    request.shards = shards;
    request.folder = folder / ("batch" + std::to_string(shards));
    const auto planned = plan();
    for (std::int64_t shard = shards - 1; shard >= 0; --shard) run(planned, shard);  // in any order
    merge(planned);
    expect_same(request.folder / "volume.mha", "whole.mha");
  }
}

// A folder of pictures goes through other writers than a volume: each picture its own size, type, and number of channels.
TEST_F(BatchBytes, AreThoseOfOneProcessForPictures) {
  fs::create_directory(folder / "pictures");
  for (int i = 0; i < 5; ++i)
    write_picture(folder / ("pictures/grey" + std::to_string(i) + ".png"),
                  scene({40 + i, 50}, SampleType::uint16, static_cast<unsigned>(i + 1)).view());
  for (const std::string name : {"a.png", "b.jpg", "c.tif"}) {
    Section colour(SampleType::uint8, 3, {30, 40});
    for (std::size_t at = 0; at < colour.size_in_bytes(); ++at)
      colour.span().data[at] = static_cast<std::byte>(at * at / 7);
    write_picture(folder / "pictures" / name, colour.view());
  }
  write_picture(folder / "one.tif", scene({33, 44}, SampleType::uint16).view());
  const auto restorer = make_restorer(read_model(request.model));
  for (const std::string input : {"pictures", "one.tif"}) {
    const auto source = open_frames(folder / input);
    const auto sink = open_sink(folder / ("whole_" + input), *source),
               removed = open_sink(folder / ("removed_" + input), *source);
    while (const auto frame = source->next()) {
      auto restored = restored_frame(*restorer, frame->section, {input, {}, ChannelPolicy::luma, {}});
      removed->write({removed_from_frame(restorer->info(), frame->section, restored), frame->name});
      sink->write({std::move(restored), frame->name});
    }
    sink->finish();
    removed->finish();
  }

  request.inputs = {(folder / "pictures").string(), (folder / "one.tif").string()};
  request.residual_folder = (folder / "residuals").string();
  const auto planned = plan();
  run_all(planned);
  MergeOptions first;
  first.input = 1;
  merge(planned, first);
  EXPECT_FALSE(fs::exists(folder / "batch/pictures"));
  merge(planned);
  expect_same("batch/one.tif", "whole_one.tif");
  expect_same("residuals/one.tif", "removed_one.tif");
  std::size_t count = 0;
  for (const auto& entry : fs::directory_iterator(folder / "whole_pictures")) {
    expect_same(fs::path("batch/pictures") / entry.path().filename(), entry.path());
    expect_same(fs::path("residuals/pictures") / entry.path().filename(),
                fs::path("removed_pictures") / entry.path().filename());
    ++count;
  }
  EXPECT_EQ(count, 8u);
  EXPECT_FALSE(fs::exists(folder / "batch/pictures.part"));
  EXPECT_EQ(merge(planned).inputs[0].sections, 0);  // merged before, and left
}

TEST_F(BatchBytes, AreThoseOfOneProcessForSeveralInputsInOneShard) {
  make_volume("other.mha", 2, 3);
  make_volume("third.mha", 3, 9);
  request.inputs = {(folder / "other.mha").string(), (folder / "volume.mha").string(), (folder / "third.mha").string()};
  request.shards = 2;
  const auto planned = plan();
  run_all(planned);
  merge(planned);
  for (const std::string name : {"other.mha", "volume.mha", "third.mha"}) {
    restore_whole(name, "whole_" + name);
    expect_same("batch/" + name, "whole_" + name);
  }
}

}  // namespace
}  // namespace firstframe
