#pragma once

#include <optional>

#include "core/frame/resample.h"
#include "core/settings/settings.h"
#include "core/training/pair.h"

namespace firstframe {

/// A checked training pair and how its degraded section lies on the clean one's grid.
struct PreparedPair {
  Upscale upscale;                  // factor 1 for sections of equal extent
  Border border = Border::reflect;  // as asked for, or found from the pair
  std::optional<TrainingPair>
      aligned;  // at factor 2..4 the pair with its degraded section upsampled; else nothing
};

/// Checks a pair and, for super-resolution, brings its degraded section onto the clean one's grid, as upsampled_input()
/// does with every frame that is restored later: training then goes on as on sections of equal extent.
///
/// \throws FormatError for a pair that cannot be learned from (check_pair)
/// \throws ArgumentError when `settings.scale` does not fit the pair, or a circular border is asked for of a seismic one
PreparedPair prepare_pair(const TrainingPair& pair, const TrainSettings& settings);

/// The settings with the scale that the pair has.
TrainSettings with_scale(TrainSettings settings, const PreparedPair& prepared);

}  // namespace firstframe
