#pragma once

#include <cstdint>
#include <vector>

#include "core/frame/section.h"

namespace firstframe {

/// Samples at the ends of a trace that somebody set to exactly 0: its mute.
struct Mute {
  std::int64_t above = 0;  // from the first sample on
  std::int64_t below = 0;  // up to the last one

  std::int64_t samples() const { return above + below; }
};

/// The mutes of a section's columns. Two zeros make one; of integers eight, since quiet samples round to 0 by chance. A column that is 0
/// throughout counts as muted from above.
///
/// \param section  [1, samples, traces]
/// \param offset   samples are stored values + offset, see SampleCode
/// \throws ArgumentError for more than one channel
/// Cost: a look at the first and the last row, and at the muted ones.
std::vector<Mute> mutes_of(const SectionView& section, double offset);

/// Sets to 0 again what is muted in the section that was restored: nothing was recorded there.
/// \param restored  of the same extent and offset; float32, or the type of `degraded`
/// \throws ArgumentError when the extents differ
void keep_mutes(const SectionView& degraded, double offset, Section& restored);

}  // namespace firstframe
