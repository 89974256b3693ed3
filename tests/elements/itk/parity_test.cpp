// One model, one volume: the filter writes the samples that the command writes.

#include <gtest/gtest.h>

#include "core/training/trainer.h"
#include "io/model/model_file.h"
#include "itkFirstframeRestoreImageFilter.h"
#include "itkImageFileReader.h"
#include "itkImageFileWriter.h"
#include "itkMetaImageIO.h"
#include "tests/support/command.h"
#include "tests/support/scenes.h"
#include "tests/support/volumes.h"

namespace firstframe {
namespace {

using Volume = itk::Image<std::int16_t, 3>;

constexpr std::int64_t kCols = 70, kRows = 61, kSections = 19;

// Scenes spread over -1000..1000, one a section.
std::vector<std::int16_t> samples() {
  std::vector<std::int16_t> all;
  for (std::int64_t z = 0; z < kSections; ++z) {
    const auto pair = scene_pair({kRows, kCols}, SampleType::float32, static_cast<unsigned>(z + 1));
    for (std::int64_t i = 0; i < kRows * kCols; ++i)
      all.push_back(static_cast<std::int16_t>(std::lround(-1000 + 2000 * pair.degraded.samples<float>()[i])));
  }
  return all;
}

// As the command trains on such a volume: signed samples moved up by 32768, in the part of the type that they fill.
void write_trained(const std::string& path, const std::string& restorer, std::int64_t neighbours = 0) {
  const auto scenes = scene_pair({kRows, kCols}, SampleType::float32);
  const auto coded = [](const Section& scene) {
    Section section(SampleType::uint16, 1, scene.extent());
    for (std::int64_t i = 0; i < scene.extent().area(); ++i)
      section.samples<std::uint16_t>()[i] = static_cast<std::uint16_t>(std::lround(31768 + 2000 * scene.samples<float>()[i]));
    section.set_range({31600, 33900});
    return section;
  };
  TrainSettings settings;
  settings.restorer = restorer;
  settings.steps = 20;
  write_model(path, train({coded(scenes.degraded), coded(scenes.clean), neighbours, /*offset=*/32768}, settings)->model());
}

void restore_by_filter(const std::string& model, const std::string& input, const std::string& output, unsigned int axis,
                       unsigned int divisions) {
  auto reader = itk::ImageFileReader<Volume>::New();
  reader->SetImageIO(itk::MetaImageIO::New());
  reader->SetFileName(input);
  auto filter = itk::FirstframeRestoreImageFilter<Volume>::New();
  filter->SetInput(reader->GetOutput());
  filter->SetModelFileName(model);
  filter->SetSliceAxis(axis);
  auto writer = itk::ImageFileWriter<Volume>::New();
  writer->SetImageIO(itk::MetaImageIO::New());
  writer->SetInput(filter->GetOutput());
  writer->SetFileName(output);
  writer->SetNumberOfStreamDivisions(divisions);
  writer->Update();
}

TEST(Parity, OfFilterAndCommandHoldsAlongEveryAxisAndForAnyDivisions) {
  const ScratchFolder folder;
  VolumeGeometry geometry;
  geometry.size = {kCols, kRows, kSections};
  write_metaimage(folder / "in.mha", geometry, samples());
  for (const std::string restorer : {"linear", "residual"}) {
    write_trained(folder / "model.safetensors", restorer);
    for (const auto axis : {Axis::x, Axis::y, Axis::z}) {
      const auto result = firstframe_command({"restore", "--model", folder / "model.safetensors", folder / "in.mha", folder / "command.mha",
                                              "--axis", std::string(name_of(axis))});
      ASSERT_EQ(result.code, 0) << result.err;
      const auto expected = metaimage_samples<std::int16_t>(folder / "command.mha");
      ASSERT_EQ(expected.size(), static_cast<std::size_t>(kCols * kRows * kSections));
      ASSERT_NE(expected, samples());
      for (const unsigned int divisions : {1u, 2u, 7u}) {
        restore_by_filter(folder / "model.safetensors", folder / "in.mha", folder / "filter.mha", static_cast<unsigned int>(axis), divisions);
        EXPECT_EQ(metaimage_samples<std::int16_t>(folder / "filter.mha"), expected)
            << restorer << " along " << name_of(axis) << " in " << divisions << " pieces";
      }
    }
  }
}

// Pieces end between a slice and its neighbours, and slices of the first two axes are cut by every piece.
TEST(Parity, HoldsForModelsThatAverageNeighbours) {
  const ScratchFolder folder;
  VolumeGeometry geometry;
  geometry.size = {kCols, kRows, kSections};
  write_metaimage(folder / "in.mha", geometry, samples());
  std::vector<std::int16_t> before;
  for (const std::int64_t neighbours : {2, 3}) {
    write_trained(folder / "model.safetensors", "linear", neighbours);
    for (const auto axis : neighbours == 2 ? std::vector{Axis::x, Axis::z} : std::vector{Axis::z}) {
      const auto result = firstframe_command({"restore", "--model", folder / "model.safetensors", folder / "in.mha", folder / "command.mha",
                                              "--axis", std::string(name_of(axis))});
      ASSERT_EQ(result.code, 0) << result.err;
      const auto expected = metaimage_samples<std::int16_t>(folder / "command.mha");
      EXPECT_NE(expected, before) << "the third neighbour made no difference";
      if (axis == Axis::z) before = expected;
      for (const unsigned int divisions : {1u, 7u}) {
        restore_by_filter(folder / "model.safetensors", folder / "in.mha", folder / "filter.mha", static_cast<unsigned int>(axis), divisions);
        EXPECT_EQ(metaimage_samples<std::int16_t>(folder / "filter.mha"), expected)
            << neighbours << " neighbours along " << name_of(axis) << " in " << divisions << " pieces";
      }
    }
  }
}

TEST(Parity, OfASliceAloneIsRefusedWhereNeighboursAreAveraged) {
  const ScratchFolder folder;
  write_trained(folder / "model.safetensors", "linear", 2);
  using Slice = itk::Image<std::int16_t, 2>;
  const auto slice = Slice::New();
  slice->SetRegions(Slice::SizeType{{kCols, kRows}});
  slice->Allocate(true);
  const auto filter = itk::FirstframeRestoreImageFilter<Slice>::New();
  filter->SetInput(slice);
  filter->SetModelFileName(folder / "model.safetensors");
  std::string said;
  try {
    filter->Update();
  } catch (const itk::ExceptionObject& error) {
    said = error.GetDescription();
  }
  EXPECT_NE(said.find("restores the mean of a slice and 2 neighbours, and a 2-D image has none; give the 3-D image"), std::string::npos)
      << said;
}

}  // namespace
}  // namespace firstframe
