#pragma once

#include <string>
#include <vector>

#include "core/restorers/restorer.h"
#include "core/settings/settings.h"

namespace firstframe {

/// One way to spend less on a frame.
struct QualityLevel {
  std::string name;          // "full", "no ensemble", "stride 7", "unchanged tiles kept", "passthrough"
  RestoreSettings settings;
  bool keeps_tiles = false;  // restores only the tiles that changed
  bool passes = false;       // restores nothing
  int quality = 1000000;     // for QOS messages: full is GStreamer's 1000000, passing through 0, even steps between
};

/// What frames may be restored with, the best first: as asked for; without the ensemble; with a stride 1.5 and 2 times as
/// long, where the restorer has one; with tiles kept that did not change; not at all.
///
/// \param can_keep  whether tiles can be kept: one channel, frames of their own size
/// \param all       false leaves the first and the last only
std::vector<QualityLevel> quality_levels(const Restorer& restorer, const RestoreSettings& asked, bool can_keep, bool all);

}  // namespace firstframe
