#include "pipelines/reproduce/protocol.h"

#include <algorithm>

#include "core/colour/luma.h"
#include "core/frame/resample.h"

namespace firstframe {

Degradation deblurring() {
  Degradation degradation;
  degradation.blur_sigma = kBlurSigma;
  degradation.blur_size = kBlurSize;
  degradation.border = Border::circular;
  degradation.noise_sigma = kNoiseSigma;
  return degradation;
}

Degradation super_resolution() {
  auto degradation = deblurring();
  degradation.downscale = kSuperScale;
  return degradation;
}

Kernel true_kernel() { return gaussian_psf(kBlurSigma, kBlurSize); }

TestPicture test_picture(const CleanPicture& picture, Degradation degradation) {
  degradation.seed = picture.seed;
  TestPicture test;
  test.name = picture.name;
  test.degraded = luma_or_grey(degrade(picture.pixels.view(), degradation).view());
  const auto luma = luma_or_grey(picture.pixels.view());
  test.clean = luma.type() == SampleType::float32 ? luma : converted(luma.view(), SampleType::float32);
  if (degradation.downscale == 1) {
    test.input = test.degraded;
    return test;
  }
  const Extent small = test.degraded.extent();
  const Upscale upscale{degradation.downscale, static_cast<double>(degradation.phase),
                        static_cast<double>(degradation.phase)};
  test.input = upsampled(test.degraded.view(), upscale, {small.rows * upscale.factor, small.cols * upscale.factor},
                         Border::reflect);
  return test;
}

TrainingPair pair_of(const TestPicture& picture) { return {picture.degraded, picture.clean}; }

CleanPicture middle_of(const CleanPicture& picture, std::int64_t side) {
  const auto extent = picture.pixels.extent();
  const std::int64_t rows = std::min(side, extent.rows), cols = std::min(side, extent.cols);
  const Region middle{(extent.rows - rows) / 2, (extent.cols - cols) / 2, rows, cols};
  return {picture.name, Section(picture.pixels.view().crop(middle)), picture.seed};
}

}  // namespace firstframe
