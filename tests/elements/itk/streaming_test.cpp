// Any number of stream divisions gives the bytes of the whole image, and asks upstream for no more than the halo and the tiles need.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "itkFirstframeRestoreImageFilter.h"
#include "itkImageRegionSplitterDirection.h"
#include "itkPipelineMonitorImageFilter.h"
#include "itkStreamingImageFilter.h"
#include "tests/core/support/three_workers.h"
#include "tests/elements/itk/itk_test.h"

namespace firstframe {
namespace {

/// A splitter that cuts along one axis only.
class Splitter final : public itk::ImageRegionSplitterBase {
 public:
  using Self = Splitter;
  using Superclass = itk::ImageRegionSplitterBase;
  using Pointer = itk::SmartPointer<Self>;
  using ConstPointer = itk::SmartPointer<const Self>;
  itkNewMacro(Self);
  itkTypeMacro(Splitter, ImageRegionSplitterBase);
  unsigned int axis = 0;

 private:
  unsigned int GetNumberOfSplitsInternal(unsigned int, const itk::IndexValueType[], const itk::SizeValueType size[],
                                         unsigned int wanted) const override {
    return static_cast<unsigned int>(std::min<itk::SizeValueType>(size[axis], wanted));
  }
  unsigned int GetSplitInternal(unsigned int dimension, unsigned int part, unsigned int parts, itk::IndexValueType index[],
                                itk::SizeValueType size[]) const override {
    const auto count = this->GetNumberOfSplitsInternal(dimension, index, size, parts);
    const auto first = size[axis] * part / count, end = size[axis] * (part + 1) / count;
    index[axis] += static_cast<itk::IndexValueType>(first);
    size[axis] = end - first;
    return count;
  }
};

template <typename TImage>
struct Streamed {
  typename TImage::Pointer image;
  std::vector<typename TImage::RegionType> asked, made;  // of what is above the filter; by the filter
};

template <typename TImage>
Streamed<TImage> streamed(const TImage* image, itk::FirstframeModel* model, unsigned int slice_axis, unsigned int divisions,
                          unsigned int along) {
  using Monitor = itk::PipelineMonitorImageFilter<TImage>;
  const auto above = Monitor::New();
  const auto filter = itk::FirstframeRestoreImageFilter<TImage>::New();
  const auto below = Monitor::New();
  const auto streamer = itk::StreamingImageFilter<TImage, TImage>::New();
  const auto splitter = Splitter::New();
  splitter->axis = along;
  const auto source = source_of(image);
  above->SetInput(source->GetOutput());
  filter->SetInput(above->GetOutput());
  filter->SetModel(model);
  filter->SetSliceAxis(slice_axis);
  below->SetInput(filter->GetOutput());
  streamer->SetInput(below->GetOutput());
  streamer->SetRegionSplitter(splitter);
  streamer->SetNumberOfStreamDivisions(divisions);
  streamer->Update();
  EXPECT_TRUE(below->VerifyInputFilterExecutedStreaming(static_cast<int>(divisions)));
  EXPECT_TRUE(below->VerifyInputFilterMatchedUpdateOutputInformation());
  EXPECT_TRUE(below->VerifyInputFilterBufferedRequestedRegions());
  EXPECT_TRUE(below->VerifyInputFilterMatchedRequestedRegions());
  return {streamer->GetOutput(), above->GetUpdatedRequestedRegions(), below->GetUpdatedBufferedRegions()};
}

using Image = itk::Image<std::uint16_t, 2>;
using Volume = itk::Image<std::int16_t, 3>;

TEST(StreamingImageFilter, GivesTheSameBytesForAnyDivisionsOfAnImage) {
  const auto image = scrambled<Image>({83, 61}, 0, 65535, {5, -8});
  for (const auto border : {Border::reflect, Border::circular, Border::replicate}) {
    const auto model = box_model(3, 16, border);
    const auto at_once = streamed(image.GetPointer(), model.GetPointer(), 2, 1, 1);
    EXPECT_TRUE(same_bytes(section_of(at_once.image.GetPointer()),
                           restore(model->GetTrained(), section_of(image.GetPointer()).view())));
    for (const unsigned int divisions : {2, 7})
      for (const unsigned int along : {0, 1})
        EXPECT_TRUE(same_pixels(streamed(image.GetPointer(), model.GetPointer(), 2, divisions, along).image.GetPointer(),
                                at_once.image.GetPointer()))
            << name_of(border) << " " << divisions << " along " << along;
  }
}

TEST(StreamingImageFilter, GivesTheSameBytesForAnyDivisionsOfAVolume) {
  const auto volume = scrambled<Volume>({26, 30, 22}, -32768, 32767);
  const auto model = box_model(3, 8);
  for (const unsigned int slice_axis : {0, 1, 2}) {
    const auto at_once = streamed(volume.GetPointer(), model.GetPointer(), slice_axis, 1, 2);
    for (const unsigned int divisions : {2, 7})
      for (const unsigned int along : {0, 1, 2})
        EXPECT_TRUE(same_pixels(streamed(volume.GetPointer(), model.GetPointer(), slice_axis, divisions, along).image.GetPointer(),
                                at_once.image.GetPointer()))
            << "slices " << slice_axis << ", " << divisions << " along " << along;
  }
}

TEST(StreamingImageFilter, AsksForTheTilesAndTheirHaloOnly) {
  const auto image = scrambled<Image>({64, 64}, 0, 65535);  // tiles of 16 x 16, halo 3
  const auto parts = streamed(image.GetPointer(), box_model().GetPointer(), 2, 4, 1);
  const auto rows = [](itk::IndexValueType first, itk::SizeValueType count) {
    return Image::RegionType({{0, first}}, {{64, count}});
  };
  EXPECT_THAT(parts.asked, testing::ElementsAre(rows(0, 19), rows(13, 22), rows(29, 22), rows(45, 19)));
  EXPECT_THAT(parts.made, testing::ElementsAre(rows(0, 16), rows(16, 16), rows(32, 16), rows(48, 16)));
}

TEST(StreamingImageFilter, AsksForTheSlicesThemselvesAlongTheirAxis) {
  const auto volume = scrambled<Volume>({20, 20, 6}, -100, 100);
  const auto slices = [](itk::IndexValueType first, itk::SizeValueType count) {
    return Volume::RegionType({{0, 0, first}}, {{20, 20, count}});
  };
  EXPECT_THAT(streamed(volume.GetPointer(), box_model().GetPointer(), 2, 3, 2).asked,
              testing::ElementsAre(slices(0, 2), slices(2, 2), slices(4, 2)));
}

}  // namespace
}  // namespace firstframe
