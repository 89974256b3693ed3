#pragma once

#include <string>
#include <vector>

#include "pipelines/report/plot.h"
#include "pipelines/seismic/section_figures.h"

namespace firstframe {

/// A section as a panel, at most 420 cells a side (the largest value of each block stands for it). `clip` is the value that full
/// colour stands for, 0 for the largest.
Panel section_panel(const std::string& title, const Traces& section, double clip = 0);

/// Everything to look at: degraded, restored and residual at one clip (three times the degraded section's root mean square), the
/// local similarity, amplitude spectra, and f-k spectra in dB before and after.
/// \param sample_interval_ms  of the frequency axes; 0 leaves them in cycles per sample
std::vector<Panel> panels_of(const MeasuredSection& measured, double sample_interval_ms);

}  // namespace firstframe
