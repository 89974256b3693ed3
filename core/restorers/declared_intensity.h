#pragma once

#include "core/restorers/model.h"
#include "core/settings/settings.h"

namespace firstframe {

/// \throws ArgumentError when frames are said to be linear and the model's pair logarithmic, or the other way round
void refuse_other_intensity(const ModelInfo& info, const RestoreSettings& settings);

}  // namespace firstframe
