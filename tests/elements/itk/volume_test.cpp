// Volumes slice by slice along any axis, through ITK's own files, and super-resolution's geometry.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "itkFirstframeRestoreImageFilter.h"
#include "itkImageFileReader.h"
#include "itkImageFileWriter.h"
#include "itkMetaImageIO.h"
#include "itkPipelineMonitorImageFilter.h"
#include "tests/core/support/three_workers.h"
#include "tests/elements/itk/itk_test.h"

namespace firstframe {
namespace {

using Volume = itk::Image<std::uint16_t, 3>;

template <typename TImage>
typename TImage::Pointer restored_by(itk::FirstframeModel* model, const TImage* image, unsigned int axis = 2) {
  const auto filter = itk::FirstframeRestoreImageFilter<TImage>::New();
  filter->SetInput(image);
  filter->SetModel(model);
  filter->SetSliceAxis(axis);
  filter->Update();
  return filter->GetOutput();
}

TEST(Volume, IsRestoredSliceBySliceAlongAnyAxis) {
  const auto volume = scrambled<Volume>({23, 19, 13}, 0, 65535, {1, 2, -3});
  for (const unsigned int axis : {0, 1, 2}) {
    const auto restored = restored_by(box_model().GetPointer(), volume.GetPointer(), axis);
    for (const auto slice : {0, 5, 12})
      EXPECT_TRUE(same_bytes(section_of(restored.GetPointer(), axis, slice),
                             restore(BoxRestorer(3, 16), section_of(volume.GetPointer(), axis, slice).view())))
          << "axis " << axis << ", slice " << slice;
  }
}

TEST(Volume, MayHaveOneSliceOrOneRow) {
  for (const Volume::SizeType size : {Volume::SizeType{9, 8, 1}, {9, 1, 3}, {1, 1, 1}}) {
    const auto volume = scrambled<Volume>(size, 0, 65535);
    for (const unsigned int axis : {0, 1, 2})
      EXPECT_TRUE(same_bytes(section_of(restored_by(box_model().GetPointer(), volume.GetPointer(), axis).GetPointer(), axis),
                             restore(BoxRestorer(3, 16), section_of(volume.GetPointer(), axis).view())));
  }
}

TEST(Volume, GoesFromFileToFileAPieceAtATime) {
  const auto folder = testing::TempDir();
  const auto volume = scrambled<Volume>({40, 30, 12}, 0, 65535);
  const auto in = folder + "itk_in.mha", out = folder + "itk_out.mha";
  const auto save = itk::ImageFileWriter<Volume>::New();
  save->SetImageIO(itk::MetaImageIO::New());
  save->SetFileName(in);
  save->SetInput(volume);
  save->Update();

  const auto reader = itk::ImageFileReader<Volume>::New();
  reader->SetImageIO(itk::MetaImageIO::New());
  reader->SetFileName(in);
  const auto monitor = itk::PipelineMonitorImageFilter<Volume>::New();
  monitor->SetInput(reader->GetOutput());
  const auto filter = itk::FirstframeRestoreImageFilter<Volume>::New();
  filter->SetInput(monitor->GetOutput());
  filter->SetModel(box_model());
  const auto writer = itk::ImageFileWriter<Volume>::New();
  writer->SetImageIO(itk::MetaImageIO::New());
  writer->SetFileName(out);
  writer->SetInput(filter->GetOutput());
  writer->SetNumberOfStreamDivisions(4);
  writer->Update();
  EXPECT_EQ(monitor->GetNumberOfUpdates(), 4u);

  const auto back = itk::ImageFileReader<Volume>::New();
  back->SetImageIO(itk::MetaImageIO::New());
  back->SetFileName(out);
  back->Update();
  EXPECT_TRUE(same_pixels(back->GetOutput(), restored_by(box_model().GetPointer(), volume.GetPointer()).GetPointer()));
}

// A model of super-resolution that gives the upsampled section itself.
class Enlarger final : public Restorer {
 public:
  explicit Enlarger(std::int64_t scale) {
    info_.scale = scale;
    info_.row_phase = 0.5;
    info_.col_phase = 1;
  }
  const ModelInfo& info() const override { return info_; }
  Model model() const override { return {info_, {}}; }
  TileNeeds tile_needs(const RestoreSettings&) const override { return {1, 1, 8}; }
  void restore_tile(const TileShape& tile, std::span<const float> degraded, std::span<float> restored,
                    const RestoreSettings&) const override {
    for (std::int64_t r = 0; r < tile.extent.rows; ++r)
      std::copy_n(degraded.data() + (r + 1) * (tile.extent.cols + 2) + 1, tile.extent.cols,
                  restored.data() + r * tile.extent.cols);
  }

 private:
  ModelInfo info_;
};

TEST(Volume, IsEnlargedInTheSlicesPlaneAndStaysInItsPlace) {
  const auto volume = scrambled<Volume>({9, 7, 5}, 0, 65535, {2, 0, -1});
  Volume::SpacingType spacing;
  spacing[0] = 0.5, spacing[1] = 2, spacing[2] = 3;
  volume->SetSpacing(spacing);
  Volume::DirectionType direction;
  direction.SetIdentity();
  direction[0][0] = direction[2][2] = std::sqrt(0.5);
  direction[0][2] = std::sqrt(0.5), direction[2][0] = -std::sqrt(0.5);
  volume->SetDirection(direction);

  const auto enlarger = std::make_shared<Enlarger>(2);
  for (const unsigned int axis : {0, 1, 2}) {
    const auto restored = restored_by(model_of(enlarger).GetPointer(), volume.GetPointer(), axis);
    const auto [row, col] = itk::FirstframeAxesBeside<3>(axis);
    const auto& before = volume->GetLargestPossibleRegion();
    const auto& after = restored->GetLargestPossibleRegion();
    for (const auto a : {0U, 1U, 2U}) EXPECT_EQ(after.GetSize(a), before.GetSize(a) * (a == axis ? 1 : 2));
    EXPECT_EQ(restored->GetDirection(), volume->GetDirection());
    EXPECT_TRUE(same_bytes(section_of(restored.GetPointer(), axis, 3),
                           restore(*enlarger, section_of(volume.GetPointer(), axis, 3).view())));

    // Degraded pixel i lies at restored pixel 2 i + phase, counted from the first of the region.
    itk::ContinuousIndex<double, 3> small, large;
    for (const auto a : {0U, 1U, 2U}) small[a] = static_cast<double>(before.GetIndex(a)) + 3;
    large = small;
    large[row] = static_cast<double>(after.GetIndex(row)) + 2 * 3 + 0.5;
    large[col] = static_cast<double>(after.GetIndex(col)) + 2 * 3 + 1;
    Volume::PointType here, there;
    volume->TransformContinuousIndexToPhysicalPoint(small, here);
    restored->TransformContinuousIndexToPhysicalPoint(large, there);
    EXPECT_LT(here.EuclideanDistanceTo(there), 1e-9) << "axis " << axis;
  }
}

TEST(Volume, IsEnlargedToTheSameBytesPieceByPiece) {
  const auto volume = scrambled<Volume>({7, 9, 40}, 0, 65535);
  const auto model = model_of(std::make_shared<Enlarger>(3));
  const auto at_once = restored_by(model.GetPointer(), volume.GetPointer(), 0);
  const auto monitor = itk::PipelineMonitorImageFilter<Volume>::New();
  const auto source = source_of(volume.GetPointer());
  monitor->SetInput(source->GetOutput());
  const auto filter = itk::FirstframeRestoreImageFilter<Volume>::New();
  filter->SetInput(monitor->GetOutput());
  filter->SetModel(model);
  filter->SetSliceAxis(0);
  const auto out = testing::TempDir() + "itk_enlarged.mha";
  const auto writer = itk::ImageFileWriter<Volume>::New();
  writer->SetImageIO(itk::MetaImageIO::New());
  writer->SetFileName(out);
  writer->SetInput(filter->GetOutput());
  writer->SetNumberOfStreamDivisions(4);
  writer->Update();
  EXPECT_EQ(monitor->GetNumberOfUpdates(), 4u);
  const auto back = itk::ImageFileReader<Volume>::New();
  back->SetImageIO(itk::MetaImageIO::New());
  back->SetFileName(out);
  back->Update();
  EXPECT_TRUE(same_pixels(back->GetOutput(), at_once.GetPointer()));
}

}  // namespace
}  // namespace firstframe
