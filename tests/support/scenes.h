#pragma once

#include <cmath>
#include <cstdint>
#include <random>

#include "core/degradation/degrade.h"
#include "core/frame/section.h"
#include "core/training/pair.h"

namespace firstframe {

/// A picture with edges, slopes and texture that a small network can learn from: discs and bars on a gradient.
/// 1 channel, the same for the same size and seed.
inline Section scene(Extent extent, SampleType type = SampleType::uint8, unsigned seed = 1) {
  Section clean(SampleType::float32, 1, extent);
  float* pixels = clean.samples<float>();
  std::mt19937 generator(seed);
  const auto random = [&](std::int64_t below) { return static_cast<std::int64_t>(generator() % below); };
  for (std::int64_t r = 0; r < extent.rows; ++r)
    for (std::int64_t c = 0; c < extent.cols; ++c)
      pixels[r * extent.cols + c] = 0.3f + 0.3f * static_cast<float>(c) / static_cast<float>(extent.cols) +
                                    0.1f * std::sin(0.4f * static_cast<float>(r + c));
  for (int shape = 0; shape < 24; ++shape) {
    const auto row = random(extent.rows), col = random(extent.cols), radius = 2 + random(10);
    const float value = 0.1f + 0.8f * static_cast<float>(random(100)) / 100;
    const bool is_disc = shape % 2 == 0;
    for (std::int64_t r = std::max<std::int64_t>(0, row - radius); r < std::min(extent.rows, row + radius); ++r)
      for (std::int64_t c = std::max<std::int64_t>(0, col - radius); c < std::min(extent.cols, col + radius); ++c)
        if (!is_disc || (r - row) * (r - row) + (c - col) * (c - col) < radius * radius)
          pixels[r * extent.cols + c] = value;
  }
  return type == SampleType::float32 ? clean : converted(clean.view(), type);
}

/// The scene, blurred (sigma 1.2) and noisy (sigma 5 of 255), with its clean self.
inline TrainingPair scene_pair(Extent extent, SampleType type = SampleType::uint8, unsigned seed = 1) {
  TrainingPair pair;
  pair.clean = scene(extent, type, seed);
  Degradation degradation;
  degradation.blur_sigma = 1.2;
  degradation.blur_size = 9;
  degradation.noise_sigma = 5;
  degradation.seed = seed;
  pair.degraded = degrade(pair.clean.view(), degradation);
  if (type != SampleType::float32) pair.degraded = converted(pair.degraded.view(), type);
  return pair;
}

/// The scene with every `scale`-th row and column of it, from `phase` on, blurred (sigma 0.5 scale) and hardly noisy.
inline TrainingPair small_pair(Extent clean, std::int64_t scale, std::int64_t phase = 0,
                               SampleType type = SampleType::uint8, unsigned seed = 1) {
  TrainingPair pair;
  pair.clean = scene(clean, type, seed);
  Degradation degradation;
  degradation.blur_sigma = 0.5 * static_cast<double>(scale);
  degradation.blur_size = 9;
  degradation.downscale = scale;
  degradation.phase = phase;
  degradation.noise_sigma = 0.5;
  pair.degraded = degrade(pair.clean.view(), degradation);
  if (type != SampleType::float32) pair.degraded = converted(pair.degraded.view(), type);
  return pair;
}

}  // namespace firstframe
