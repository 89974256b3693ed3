#pragma once

#include <algorithm>

#include "core/frame/section.h"

namespace firstframe {

/// The pictures of reference_values.py, in 8 bits: the same integer arithmetic.
inline Section formula_picture(std::int64_t channels, bool is_degraded) {
  constexpr Extent extent{37, 52};
  Section picture(SampleType::uint8, channels, extent);
  auto* at = picture.samples<std::uint8_t>();
  for (std::int64_t channel = 0; channel < channels; ++channel)
    for (std::int64_t r = 0; r < extent.rows; ++r)
      for (std::int64_t c = 0; c < extent.cols; ++c) {
        const auto clean = (r * 7 + c * 3 + r * c / 5 + 40 * channel) % 256;
        const auto change = (r * 13 + c * 29 + 11 * channel) % 41 - 20;
        *at++ =
            static_cast<std::uint8_t>(std::clamp<std::int64_t>(clean + (is_degraded ? change : 0), 0, 255));
      }
  return picture;
}

}  // namespace firstframe
