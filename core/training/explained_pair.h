#pragma once

#include "core/degradation/identified.h"
#include "core/training/kernel_fit.h"
#include "core/training/pair.h"

namespace firstframe {

/// Applies a fitted kernel to the clean section and studies what is left of the degraded one.
///
/// \param part  of the degraded section
IdentifiedDegradation explained_pair(const Section& degraded, const Section& clean, const Region& part, Border border,
                                     const KernelFit& fit, const Downscale& downscale);

}  // namespace firstframe
