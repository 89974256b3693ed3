#pragma once

#include <cstring>
#include <memory>
#include <string>

#include "core/tiling/restore_tiled.h"
#include "itkCommand.h"
#include "itkExtractImageFilter.h"
#include "itkFirstframeModel.h"
#include "itkFirstframeSection.h"
#include "itkImage.h"
#include "itkImageRegionIterator.h"
#include "tests/core/support/box_restorer.h"
#include "tests/core/support/sections.h"

namespace firstframe {

/// An image with values that look random but are the same everywhere.
template <typename TImage>
typename TImage::Pointer scrambled(const typename TImage::SizeType& size, double low, double high,
                                   const typename TImage::IndexType& first = {}) {
  auto image = TImage::New();
  image->SetRegions(typename TImage::RegionType(first, size));
  image->Allocate();
  std::uint32_t state = 1;
  for (itk::ImageRegionIterator<TImage> at(image, image->GetLargestPossibleRegion()); !at.IsAtEnd(); ++at) {
    state = state * 1664525u + 1013904223u;
    at.Set(static_cast<typename TImage::PixelType>(low + (high - low) * (state >> 8) / (1 << 24)));
  }
  return image;
}

/// A model that holds a restorer checked by a slow loop: the mean of the square around each pixel.
inline itk::FirstframeModel::Pointer model_of(std::shared_ptr<const Restorer> restorer) {
  auto model = itk::FirstframeModel::New();
  model->SetRestorer(std::move(restorer));
  return model;
}
inline itk::FirstframeModel::Pointer box_model(std::int64_t reach = 3, std::int64_t side = 16, Border border = Border::reflect) {
  return model_of(std::make_shared<BoxRestorer>(reach, side, 1, 1, border));
}

/// A source of an image that makes only what is asked of it, as a reader does. The image may be one that others still need: a
/// PipelineMonitorImageFilter releases what is above it.
template <typename TImage>
typename itk::ExtractImageFilter<TImage, TImage>::Pointer source_of(const TImage* image) {
  auto source = itk::ExtractImageFilter<TImage, TImage>::New();
  source->SetInput(image);
  source->SetExtractionRegion(image->GetLargestPossibleRegion());
  source->SetDirectionCollapseToSubmatrix();
  return source;
}

/// One slice of a 3-D image, or a 2-D image, as a section of its own.
template <typename TImage>
Section section_of(const TImage* image, unsigned int axis = 2, std::int64_t slice = 0) {
  auto region = image->GetLargestPossibleRegion();
  if constexpr (TImage::ImageDimension == 3) {
    region.SetIndex(axis, region.GetIndex(axis) + slice);
    region.SetSize(axis, 1);
  }
  Section room;
  const auto axes = itk::FirstframeAxesBeside<TImage::ImageDimension>(axis);
  return Section(
      itk::FirstframeViewOf<typename TImage::PixelType>(itk::FirstframePixelsOf(image, region, axes), room));
}

/// Whether two images hold the same bytes in the same region.
template <typename TImage>
bool same_pixels(const TImage* a, const TImage* b) {
  return a->GetLargestPossibleRegion() == b->GetLargestPossibleRegion() && a->GetBufferedRegion() == b->GetBufferedRegion() &&
         std::memcmp(a->GetBufferPointer(), b->GetBufferPointer(),
                     a->GetBufferedRegion().GetNumberOfPixels() * sizeof(typename TImage::PixelType)) == 0;
}

/// Calls a function at an event of an object of ITK.
template <typename TEvent, typename TFunction>
void on(itk::Object* object, const TFunction& function) {
  class Call : public itk::Command {
   public:
    explicit Call(TFunction function) : function_(std::move(function)) {}
    void Execute(itk::Object*, const itk::EventObject&) override { function_(); }
    void Execute(const itk::Object*, const itk::EventObject&) override { function_(); }

   private:
    TFunction function_;
  };
  itk::Command::Pointer command = new Call(function);
  command->UnRegister();
  object->AddObserver(TEvent(), command);
}

/// What ITK says when a call throws; "" when it does not.
template <typename TCall>
std::string refusal(const TCall& call) {
  try {
    call();
  } catch (const itk::ExceptionObject& error) {
    return error.GetDescription();
  }
  return "";
}

}  // namespace firstframe
