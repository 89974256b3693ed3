#pragma once

#include <cmath>

#include "core/degradation/degrade.h"
#include "core/frame/resample.h"
#include "tests/support/scenes.h"

namespace firstframe {

/// What a camera sees of a larger scene that has moved, with noise that is new in every frame. Each of its pixels is
/// the mean of kFine x kFine of the scene.
class Camera {
 public:
  static constexpr Extent kFrame{96, 128};

  explicit Camera(double noise) : noise_(noise) {}

  /// \param down, across  in pixels, multiples of 1 / kFine
  Section see(double down = 0, double across = 0) const {
    Section frame(SampleType::float32, 1, kFrame);
    const auto first_row = kFine * kEdge - std::lround(kFine * down),
               first_col = kFine * kEdge - std::lround(kFine * across);
    for (std::int64_t i = 0; i < kFine * kFine * kFrame.area(); ++i) {
      const auto row = i / (kFine * kFrame.cols), col = i % (kFine * kFrame.cols);
      frame.samples<float>()[row / kFine * kFrame.cols + col / kFine] +=
          scene_.samples<float>()[(first_row + row) * scene_.extent().cols + first_col + col] /
          (kFine * kFine);
    }
    return frame;
  }

  Section shoot(double down = 0, double across = 0) {
    Degradation degradation;
    degradation.noise_sigma = noise_;
    degradation.seed = ++shots_;
    return degrade(see(down, across).view(), degradation);
  }

 private:
  static constexpr std::int64_t kFine = 4;
  static constexpr std::int64_t kEdge = 32;  // pixels of the scene around what the camera sees

  static Section fine_scene() {
    const auto coarse = scene({kFrame.rows + 2 * kEdge, kFrame.cols + 2 * kEdge}, SampleType::float32);
    return upsampled(coarse.view(), centred_upscale(kFine),
                     {kFine * coarse.extent().rows, kFine * coarse.extent().cols}, Border::reflect);
  }

  const Section scene_ = fine_scene();
  const double noise_;
  unsigned shots_ = 0;
};

}  // namespace firstframe
