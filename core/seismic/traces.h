#pragma once

#include <vector>

#include "core/frame/section.h"

namespace firstframe {

/// A seismic section as numbers in the units of its file: rows are samples, down time or depth, columns are traces.
struct Traces {
  Extent extent;
  std::vector<double> values;  // row by row: value(sample, trace) = values[sample * extent.cols + trace]

  Traces() = default;
  /// Zeros. \throws ArgumentError unless both sides are > 0
  explicit Traces(Extent extent);

  double& at(std::int64_t sample, std::int64_t trace) { return values[static_cast<std::size_t>(sample * extent.cols + trace)]; }
  double at(std::int64_t sample, std::int64_t trace) const { return values[static_cast<std::size_t>(sample * extent.cols + trace)]; }
};

/// The samples of a section in its own units, minus `offset` (SampleCode: 32768 for a volume of signed 16 bits).
/// \throws FormatError for more than one channel, or a sample that is NaN or infinite, naming its place
Traces traces_of(const SectionView& section, double offset = 0);

/// float32, 1 channel, the same values; range 0..1.
Section section_of(const Traces& traces);

/// a - b. \throws FormatError when the extents differ
Traces difference_of(const Traces& a, const Traces& b);

/// Sum of squares.
double energy_of(const Traces& traces);
/// Square root of the mean square.
double rms_of(const Traces& traces);
/// What stands for white of a section, and its negative for black: three root mean squares, or the largest amplitude / 2.5 if that is more.
/// Training refuses values beyond three times that, so that some room is left.
double full_scale(const Traces& section);

/// 10 log10(energy of clean / energy of (clean - other)), dB: the figure of merit of noise attenuation where the truth is known.
/// Infinite for equal sections. Source: Y. Chen, S. Fomel, Geophysics 80(6), 2015, equation 11.
/// \throws FormatError when the extents differ, or the clean section is zero everywhere
double snr_db(const Traces& clean, const Traces& other);

/// Pearson's correlation over all samples, -1..1. \throws FormatError when the extents differ or one is constant
double correlation_of(const Traces& a, const Traces& b);

}  // namespace firstframe
