#pragma once

#include "core/restorers/model.h"
#include "core/settings/settings.h"

namespace firstframe {

/// \throws ArgumentError when the ensemble is asked for and training measured that it loses with this model
void refuse_losing_ensemble(const ModelInfo& info, const RestoreSettings& settings);

}  // namespace firstframe
