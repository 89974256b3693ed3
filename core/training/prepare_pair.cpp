#include "core/training/prepare_pair.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/training/find_border.h"
#include "core/training/find_phase.h"
#include "core/training/identify.h"

namespace firstframe {
namespace {

TrainingPair aligned_pair(const TrainingPair& pair, const Upscale& upscale, Border border) {
  return {upsampled(pair.degraded.view(), upscale, pair.clean.extent(), border), pair.clean};
}

Border border_of_small(const TrainingPair& pair) {
  if (pair.clean.channels() > 1 || !can_identify(pair.degraded.extent())) return Border::reflect;
  const auto found = identify_downscaled(pair.degraded, pair.clean);
  return border_met_by(pair, found.kernel, found.offset, found.downscale).border.value_or(Border::reflect);
}

}  // namespace

PreparedPair prepare_pair(const TrainingPair& pair, const TrainSettings& settings) {
  check_pair(pair);
  if (pair.is_seismic && settings.border == Border::circular)
    throw ArgumentError("border: circular was asked for, but the last trace of a seismic section is no neighbour of the first, nor the end of "
                        "time one of its beginning: events of one edge would be drawn at the other; use reflect, replicate or auto");
  PreparedPair prepared;
  const auto scale = scale_of(pair.degraded.extent(), pair.clean.extent(), settings.scale);
  if (scale == 1) {
    prepared.border = settings.border ? *settings.border : find_border(pair);
    return prepared;
  }
  prepared.upscale = find_phase(pair, scale);
  prepared.border = settings.border ? *settings.border : border_of_small(pair);
  prepared.aligned = aligned_pair(pair, prepared.upscale, prepared.border);
  return prepared;
}

TrainSettings with_scale(TrainSettings settings, const PreparedPair& prepared) {
  settings.scale = prepared.upscale.factor;
  return settings;
}

}  // namespace firstframe
