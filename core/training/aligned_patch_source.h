#pragma once

#include "core/training/make_patch_source.h"

namespace firstframe {

/// Patches of a pair whose degraded section was upsampled (PreparedPair::aligned), cut where the network's own grid begins:
/// what was measured and what was interpolated then stands at the same place of every patch.
///
/// \param grid  the network's multiple(); the margin is rounded up to it
ChosenSource aligned_patch_source(const TrainingPair& aligned, const Region& part, Border border,
                                  PatchSizes sizes, std::int64_t grid);

}  // namespace firstframe
