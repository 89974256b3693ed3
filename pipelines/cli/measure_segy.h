#pragma once

#include "pipelines/cli/measure_volume.h"

namespace firstframe {

/// Compares two SEG-Y or SU files section by section and prints the signal-to-noise ratio, 10 log10(sum clean^2 / sum (clean -
/// restored)^2) dB, over traces that live in both: the mean over sections, and of all samples together.
/// \throws FormatError when they are of different size, or no section is left
void measure_segy(const VolumeMeasure& job);

}  // namespace firstframe
