#include "core/restorers/declared_intensity.h"

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {

void refuse_other_intensity(const ModelInfo& info, const RestoreSettings& settings) {
  if (!info.intensity || !settings.intensity || info.intensity == settings.intensity) return;
  throw ArgumentError(text("intensity: the frames are said to be ", name_of(settings.intensity), ", the model was trained on ",
                           name_of(info.intensity), " ones; convert the frames, train on such ones, or leave intensity at unknown"));
}

}  // namespace firstframe
