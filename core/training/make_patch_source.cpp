#include "core/training/make_patch_source.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/training/identify.h"
#include "core/training/patch_sampler.h"
#include "core/training/redegrading_source.h"

namespace firstframe {

ChosenSource make_patch_source(const TrainingPair& pair, const Region& part, Border border, PatchSizes sizes,
                               Augment augment) {
  const auto [patch, margin] = sizes;
  const bool is_grey = pair.clean.channels() == 1;
  const bool is_asked_for = augment == Augment::redegrade;
  if (is_asked_for && !is_grey)
    throw ArgumentError(text("augment: redegrade works on 1-channel pairs, this one has ", pair.clean.channels(),
                             "; use none, or train on the luma"));
  if (augment != Augment::none && is_grey) {
    const auto found = identify_degradation(pair, part, border);
    const bool fits = RedegradingSource::fits(part, patch, margin, found);
    if (is_asked_for && !fits)
      throw ArgumentError(text("augment: redegrade needs more room around a patch of ", patch, " than this pair of ",
                               name_of(pair.clean.extent()), " has; use a smaller patch, or none"));
    if (fits && (is_asked_for || found.explains_the_pair()))
      return {std::make_unique<RedegradingSource>(pair, part, patch, margin, found), Augment::redegrade};
  }
  return {std::make_unique<PatchSampler>(pair, part, patch, margin, border), Augment::none};
}

}  // namespace firstframe
