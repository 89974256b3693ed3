#pragma once

#include <cstdint>
#include <vector>

#include "core/frame/section.h"

namespace firstframe {

/// A section under automatic gain control: every sample over the root mean square of its column around it.
struct GainedSection {
  Section section;           // float32, about -4..4
  std::vector<float> gains;  // what each sample was multiplied with, [rows][cols]; finite and > 0
};

/// Evens out how strong a seismic section is from top to bottom, trace by trace, and keeps the gains, with which it is undone.
/// Destroys the relation between amplitudes while it lasts, so it is nobody's default.
///
/// \param section  [1, rows, cols]
/// \param offset   samples are stored values + offset, see SampleCode
/// \param window   rows that the mean is taken over, centred and cut off at the ends, >= 1. A mean below a thousandth of
///                 the section's own counts as that, so that silence is not blown up
/// Source: automatic gain control as every processing system has it; ours is a running root mean square.
GainedSection with_gain(const SectionView& section, double offset, std::int64_t window);

/// The same section under gains that were taken from another one: of a clean section under those of its degraded counterpart.
Section under_gains(const SectionView& section, double offset, const std::vector<float>& gains);

/// Takes the gains away again, in place: stored values + offset, float32.
/// \param section  float32, of the extent that the gains have
void undo_gain(Section& section, double offset, const std::vector<float>& gains);

}  // namespace firstframe
