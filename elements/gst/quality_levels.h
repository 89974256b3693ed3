#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/restorers/restorer.h"
#include "core/settings/settings.h"

namespace firstframe {

/// One way to spend less on a frame.
struct QualityLevel {
  std::string name;          // "full", "no ensemble", "stride 7", "unchanged tiles kept", "light network", "passthrough"
  RestoreSettings settings;
  bool keeps_tiles = false;  // restores only the tiles that changed
  std::shared_ptr<const Restorer> light = nullptr;  // restores in the place of the model; nullptr: the model does
  bool passes = false;       // restores nothing
  int quality = 1000000;     // for QOS messages: full is GStreamer's 1000000, passing through 0, even steps between
};

/// What frames may be restored with, the best first: as asked for; without the ensemble; with a stride 1.5 and 2 times as
/// long, where the restorer has one; with tiles kept that did not change; by a lighter model, where there is one; not at all.
///
/// \param can_keep  whether tiles can be kept: one channel, frames of their own size
/// \param all       false leaves the first and the last only
/// \param light     a model that costs less than all of this and takes the same frames; nullptr when there is none
std::vector<QualityLevel> quality_levels(const Restorer& restorer, const RestoreSettings& asked, bool can_keep, bool all,
                                         const std::shared_ptr<const Restorer>& light = nullptr);

}  // namespace firstframe
