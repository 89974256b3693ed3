#pragma once

#include <cstdint>
#include <vector>

#include "core/degradation/noise.h"
#include "core/frame/border.h"
#include "core/frame/section.h"

namespace firstframe {

/// A chain of known degradations: blur, then downscale, then noise, in that order, without rounding between.
struct Degradation {
  double blur_sigma = 0;        // pixels; 0 leaves it sharp
  std::int64_t blur_size = 25;  // pixels, odd
  Border border = Border::reflect;
  std::int64_t downscale = 1;   // keeps every n-th row and column, from `phase` on
  std::int64_t phase = 0;       // 0..downscale-1
  double noise_sigma = 0;       // in 8-bit units: 255 is the whole value range; at mid grey, whatever the kind
  NoiseKind noise_kind = NoiseKind::gaussian;
  std::uint64_t seed = 1;
};

/// Degrades a clean section.
/// \return float32 in the range 0..1, neither rounded nor clamped
/// \throws ArgumentError when a number is out of range
Section degrade(const SectionView& clean, const Degradation& degradation);

/// What degrade_into keeps between calls, so that frames of one size share their memory.
struct DegradeRoom {
  Section values;
  std::vector<float> between;
};

/// The same into pixels of any type and layout, rounded and clamped to that type; `degraded` may be `clean` itself.
/// \throws ArgumentError also when `degraded` differs from what comes out in extent or channels
void degrade_into(const SectionView& clean, const Degradation& degradation, const SectionSpan& degraded, DegradeRoom& room);

/// A section in another type and that type's full range; integers are rounded to nearest and clamped.
Section converted(const SectionView& section, SampleType type);

}  // namespace firstframe
