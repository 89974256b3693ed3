#pragma once


#include "core/metrics/edge_preservation.h"
#include "core/metrics/intensity.h"
#include "core/metrics/oct_regions.h"

namespace firstframe {

/// The figures of one OCT picture that need no reference, over stated regions. Figures of layers are means over them.
struct OctFigures {
  double cnr = 0;               // contrast_to_noise of a layer against the background, stored values
  double msr = 0;               // mean_to_deviation of a layer, stored values
  double snr_db = 0;            // signal_to_noise_db, stored values
  double enl = 0;               // equivalent_looks of a layer, linear intensity
  double enl_background = 0;    // of the background
  double speckle_contrast = 0;  // of a layer, linear intensity
  double edge_steepness = 0;    // of the whole picture
};

/// \param section  1 channel
/// \throws ArgumentError for regions that do not fit; FormatError when a value is not finite
OctFigures oct_figures(const SectionView& section, const OctRegions& regions, const Intensity& intensity);

}  // namespace firstframe
