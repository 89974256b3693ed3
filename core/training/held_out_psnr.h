#pragma once

#include <optional>
#include <stop_token>
#include <string>

#include "core/restorers/restorer.h"
#include "core/settings/settings.h"
#include "core/training/pair.h"

namespace firstframe {

/// PSNR (dB, peak 1) of any restorer on the stripe of a pair that train() would keep out of training: what its
/// `held_out_psnr` is to be compared with when one of two models is to be kept.
///
/// \param settings  of the training: its part `held_out` and threads
/// \return nothing when the pair has no stripe to spare, or the restorer is for another scale or number of channels
/// \throws Cancelled when a stop was requested
///
/// Cost: the stripe restored once.
std::optional<double> held_out_psnr(const Restorer& restorer, const TrainingPair& pair,
                                    const TrainSettings& settings, std::stop_token stop = {});

/// What to tell the user of a model that restores the stripe kept out of training no better than it came: a sentence with both
/// PSNRs and what to do. Empty where it gains, or where nothing was held out.
std::string held_out_complaint(const ModelInfo& info);

}  // namespace firstframe
