#pragma once

#include <vector>

#include "core/frame/section.h"

namespace firstframe {

/// Power at one distance from frequency zero.
struct SpectrumPoint {
  double frequency = 0;  // cycles a pixel, 0..0.5
  double power = 0;      // 1 everywhere for white noise
};

/// The power spectrum of a section of one channel, float32, around zero, averaged over directions in 32 rings.
/// The section is tapered (Hann) first. Cost: one Fourier transform.
std::vector<SpectrumPoint> radial_spectrum(const Section& rest);

}  // namespace firstframe
