// Trains the closed-form filter on a noisy pattern of bars, and restores the pattern: the error must fall.

#include <cmath>
#include <iostream>

#include "itkFirstframeRestoreImageFilter.h"
#include "itkFirstframeTrainFilter.h"
#include "itkStreamingImageFilter.h"

using ImageType = itk::Image<float, 2>;

// Bars of 0.25 and 0.75, with noise of `strength`.
static ImageType::Pointer Bars(double strength) {
  auto image = ImageType::New();
  image->SetRegions(ImageType::SizeType{96, 64});
  image->Allocate();
  unsigned int state = 1;
  for (int row = 0; row < 64; ++row)
    for (int col = 0; col < 96; ++col) {
      state = state * 1664525u + 1013904223u;
      const double noise = (state >> 8) / double(1 << 24) - 0.5;
      image->SetPixel({{col, row}}, static_cast<float>((std::sin(0.2 * col) * std::sin(0.3 * row) > 0 ? 0.75 : 0.25) + strength * noise));
    }
  return image;
}

static double SquaredError(const ImageType* a, const ImageType* b) {
  double sum = 0;
  for (int i = 0; i < 96 * 64; ++i) sum += std::pow(a->GetBufferPointer()[i] - b->GetBufferPointer()[i], 2);
  return sum;
}

int itkFirstframeTrainAndRestoreTest(int, char*[]) {
  const auto degraded = Bars(0.3), clean = Bars(0);
  auto trainer = itk::FirstframeTrainFilter<ImageType>::New();
  trainer->SetDegradedImage(degraded);
  trainer->SetCleanImage(clean);
  trainer->SetRestorer("linear");
  trainer->SetValueRange(0, 1);
  auto restore = itk::FirstframeRestoreImageFilter<ImageType>::New();
  restore->SetInput(degraded);
  restore->SetModel(trainer->GetModel());
  auto streamer = itk::StreamingImageFilter<ImageType, ImageType>::New();
  streamer->SetInput(restore->GetOutput());
  streamer->SetNumberOfStreamDivisions(3);
  streamer->Update();
  const double before = SquaredError(degraded, clean), after = SquaredError(streamer->GetOutput(), clean);
  std::cout << "squared error before " << before << ", after " << after << std::endl;
  return after < 0.5 * before ? EXIT_SUCCESS : EXIT_FAILURE;
}
