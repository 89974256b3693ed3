#pragma once

#include <cstdint>
#include <string>

#include "core/degradation/degrade.h"
#include "core/degradation/kernel.h"
#include "core/frame/section.h"
#include "core/training/pair.h"

namespace firstframe {

/// What the paper does to every picture before it is restored.
/// Source: D. Pereg, "One-Shot Image Restoration", arXiv:2404.17426, after the code of RED (Romano et al., 2017).
inline constexpr double kBlurSigma = 1.6;            // pixels
inline constexpr std::int64_t kBlurSize = 25;        // pixels
inline constexpr double kNoiseSigma = 1.4142135624;  // sqrt(2), 8-bit units
inline constexpr std::int64_t kSuperScale = 3;

/// Gaussian blur of 25 x 25 pixels, sigma 1.6, circular border, and noise sqrt(2) on R, G and B; nothing is rounded.
Degradation deblurring();

/// The same, keeping every third row and column from the first on, before the noise.
Degradation super_resolution();

/// The kernel of deblurring(), for methods that are told.
Kernel true_kernel();

/// A picture as it was published.
struct CleanPicture {
  std::string name;        // "butterfly"
  Section pixels;          // 1 or 3 channels
  std::uint64_t seed = 1;  // of its noise: its place among the names of its set, from 1 on
};

/// A picture, degraded and clean: what is trained on, restored and measured. Of colour pictures the luma.
struct TestPicture {
  std::string name;
  Section degraded;  // 1 channel; more where neighbouring sections are seen as well
  Section input;     // what a restoration has to beat: `degraded`, or for super-resolution its bicubic upsampling
  Section clean;     // 1 channel
  bool has_own_brightness = false;  // the clean section is brighter or darker: PSNR is also measured with that fitted
};

/// Degrades R, G and B and takes the luma. Bicubic upsampling is aligned: the first small pixel lies on the first large one.
TestPicture test_picture(const CleanPicture& picture, Degradation degradation);

/// The two sections to train on.
TrainingPair pair_of(const TestPicture& picture);

/// A square of `side` pixels from the middle of a picture, to be degraded as a picture of its own; all of it where it is
/// not larger.
CleanPicture middle_of(const CleanPicture& picture, std::int64_t side);

}  // namespace firstframe
