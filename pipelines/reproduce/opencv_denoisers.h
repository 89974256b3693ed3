#pragma once

#include <string>
#include <vector>

#include "core/frame/section.h"

namespace firstframe {

/// A denoiser that needs no training, at one strength.
struct StrongDenoiser {
  std::string strength;  // "h 35"
  Section (*denoise)(const SectionView& noisy, double strength) = nullptr;
  double value = 0;
};

/// A denoiser that users have at hand, and the strengths to choose from.
struct OpencvDenoiser {
  std::string name, label;
  std::vector<StrongDenoiser> strengths;
};

/// Gaussian (round, and drawn out across) and median filters, bilateral filter, total variation and non-local means of OpenCV, for 1 channel of 8 bits.
/// Sources: C. Tomasi, R. Manduchi, ICCV 1998 (bilateral); A. Chambolle, T. Pock, JMIV 40, 2011 (total variation with an
/// l1 data term); A. Buades et al., IPOL 1, 2011 (non-local means: patches of 7 x 7, search 21 x 21).
std::vector<OpencvDenoiser> opencv_denoisers();

}  // namespace firstframe
