#pragma once

#include <vector>

#include "core/frame/intensity_domain.h"
#include "core/frame/section.h"

namespace firstframe {

/// How values become intensities.
struct Intensity {
  IntensityDomain domain = IntensityDomain::log;
  double dynamic_range_db = 40;  // of log pictures: decibels between black and white, more than 0
};

/// The intensity that a normalised value stands for. Of linear pictures it is the value; of log ones
/// 10^((value - 1) dynamic_range / 10), so that white is 1 and black lies the dynamic range below.
double intensity_of(double value, const Intensity& intensity);

/// All values of a rectangle of a 1-channel section, normalised, row after row.
/// \throws ArgumentError when the rectangle leaves the section; FormatError when a value is not finite
std::vector<double> values_in(const SectionView& section, const Region& region);

/// The same as intensities.
std::vector<double> intensities_in(const SectionView& section, const Region& region,
                                   const Intensity& intensity);

}  // namespace firstframe
