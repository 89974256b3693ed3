#pragma once

#include <cstdint>

#include "core/degradation/kernel.h"
#include "core/degradation/noise.h"
#include "core/frame/border.h"
#include "core/training/pair.h"
#include "tests/core/support/sections.h"

namespace firstframe {

constexpr Extent kFilteredFrame{100, 120};

/// A scrambled clean section, and the same under a kernel, an offset and noise.
inline TrainingPair filtered(const Kernel& kernel, double offset, double noise, std::uint64_t seed = 7) {
  TrainingPair pair{Section(SampleType::float32, 1, kFilteredFrame), scramble(SampleType::float32, 1, kFilteredFrame)};
  for (std::int64_t r = 0; r < kFilteredFrame.rows; ++r)
    for (std::int64_t c = 0; c < kFilteredFrame.cols; ++c) {
      double sum = offset;
      for (auto i = -kernel.reach(); i <= kernel.reach(); ++i)
        for (auto j = -kernel.reach(); j <= kernel.reach(); ++j)
          sum += kernel.at(i, j) * pair.clean.samples<float>()[border_index(r + i, kFilteredFrame.rows, Border::reflect) * kFilteredFrame.cols +
                                                               border_index(c + j, kFilteredFrame.cols, Border::reflect)];
      pair.degraded.samples<float>()[r * kFilteredFrame.cols + c] = static_cast<float>(sum);
    }
  if (noise > 0) add_gaussian_noise(pair.degraded, noise, seed);
  return pair;
}

}  // namespace firstframe
