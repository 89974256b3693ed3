#pragma once

#include <torch/torch.h>

#include <memory>
#include <stop_token>

#include "core/settings/settings.h"
#include "core/training/patch_source.h"
#include "core/training/prepare_pair.h"

namespace firstframe {

/// What a network asks of the patches it is trained on.
struct PatchNeeds {
  std::int64_t patch = 0;     // side of the target, pixels; a multiple of `multiple`
  std::int64_t margin = 0;    // extra input around it, pixels
  std::int64_t multiple = 1;  // patches of a pair whose scale is more than 1 begin at multiples of it
  bool sees_filters = false;  // whether it takes Wiener-filtered copies of the frame
};

struct ChosenSource {
  std::unique_ptr<const PatchSource> source;
  Augment augment = Augment::none;  // what it came to: none, redegrade or renoise
  torch::Tensor filters;            // that its patches come filtered with; undefined for none
};

/// Patches of a pair as `settings.augment` asks for: fresh degradations where the pair's own is understood, its own noise
/// moved about where there is nothing but noise, the pair as it is elsewhere.
///
/// \param given     the pair as the user gave it
/// \param prepared  the same, aligned
/// \param part      of the clean section to train on; begins at its first row and column
/// \throws ArgumentError when redegrade or renoise is asked for and cannot be done
/// \throws Cancelled when a stop was requested
ChosenSource make_patch_source(const TrainingPair& given, const PreparedPair& prepared, const Region& part,
                               PatchNeeds needs, const TrainSettings& settings, std::stop_token stop = {});

}  // namespace firstframe
