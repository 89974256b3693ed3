#pragma once

#include "core/frame/section.h"

namespace firstframe {

/// PSNR in dB after the one gain and offset that bring the restored section closest to the clean one (least squares on
/// normalised values), peak 1. For truths that are brighter or darker than what they belong to, as means of registered
/// B-scans are. Sections equal up to a gain and offset give infinity.
///
/// \param restored, clean  of one extent and number of channels; one gain and offset for all channels
/// \throws FormatError otherwise, or when a value is not finite
double matched_psnr(const SectionView& restored, const SectionView& clean);

}  // namespace firstframe
