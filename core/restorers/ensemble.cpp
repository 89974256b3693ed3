#include "core/restorers/ensemble.h"

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {

void refuse_losing_ensemble(const ModelInfo& info, const RestoreSettings& settings) {
  if (settings.ensemble > 1 && loses_by_ensemble(info))
    throw ArgumentError(text("ensemble: 8 lost ", -*info.ensemble_gain,
                             " dB where this model's training measured it, as it does when frames are not degraded alike in "
                             "every direction; use 1"));
}

}  // namespace firstframe
