#pragma once

#include <torch/torch.h>

#include <memory>

#include "core/settings/settings.h"
#include "core/training/pair.h"
#include "core/training/patch_source.h"

namespace firstframe {

/// Sizes of the patches to train on, pixels.
struct PatchSizes {
  std::int64_t patch = 0;   // side of the target
  std::int64_t margin = 0;  // extra input around it
};

/// Patches of a pair as `augment` asks for: fresh degradations where the pair's own is understood, the pair as it is
/// elsewhere.
struct ChosenSource {
  std::unique_ptr<const PatchSource> source;
  Augment augment = Augment::none;  // what it came to: none or redegrade
  torch::Tensor filters;            // that its patches come filtered with; undefined for none
};

/// \param sees_filters  whether the network takes Wiener-filtered copies of the frame
/// \throws ArgumentError when redegrade is asked for and cannot be done
ChosenSource make_patch_source(const TrainingPair& pair, const Region& part, Border border, PatchSizes sizes,
                               const TrainSettings& settings, bool sees_filters);

}  // namespace firstframe
