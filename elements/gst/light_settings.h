#pragma once

#include <optional>

#include "core/restorers/model.h"
#include "core/settings/settings.h"

namespace firstframe {

/// How a lighter model is trained beside the one that is live: half as wide and half as deep, which restores about four times as
/// many frames in the same time, in a third of the seconds (1 at least) or as many steps; all else as the other one was.
///
/// \param full   the model that is live: its restorer and sizes
/// \param asked  what it was trained with
/// \return nothing where there is nothing lighter: `linear` is the lightest, `rnn` has no width and lightens itself by its stride, what
///         a discriminator teaches takes more than a third of the time, and what is narrow already hardly restores when it is halved
std::optional<TrainSettings> light_settings(const ModelInfo& full, const TrainSettings& asked);

}  // namespace firstframe
