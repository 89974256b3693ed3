#include "core/training/prepare_pair.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/training/find_border.h"
#include "core/training/find_phase.h"

namespace firstframe {
namespace {

TrainingPair aligned_pair(const TrainingPair& pair, const Upscale& upscale, Border border) {
  return {upsampled(pair.degraded.view(), upscale, pair.clean.extent(), border), pair.clean};
}

}  // namespace

PreparedPair prepare_pair(const TrainingPair& pair, const TrainSettings& settings) {
  check_pair(pair);
  PreparedPair prepared;
  const auto scale = scale_of(pair.degraded.extent(), pair.clean.extent(), settings.scale);
  if (scale == 1) {
    prepared.border = settings.border ? *settings.border : find_border(pair);
    return prepared;
  }
  prepared.upscale = find_phase(pair, scale);
  prepared.border = settings.border.value_or(Border::reflect);
  prepared.aligned = aligned_pair(pair, prepared.upscale, prepared.border);
  if (settings.border) return prepared;
  prepared.border = find_border(*prepared.aligned);
  // The upsampling has an edge, too.
  if (prepared.border != Border::reflect)
    prepared.aligned = aligned_pair(pair, prepared.upscale, prepared.border);
  return prepared;
}

TrainSettings with_scale(TrainSettings settings, const PreparedPair& prepared) {
  settings.scale = prepared.upscale.factor;
  return settings;
}

}  // namespace firstframe
