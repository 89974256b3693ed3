#include "core/training/make_patch_source.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/restorers/wiener_filters.h"
#include "core/training/degraded_bank.h"
#include "core/training/identify.h"
#include "core/training/patch_sampler.h"
#include "core/training/redegrading_source.h"

namespace firstframe {
namespace {

torch::Tensor no_filters() { return torch::empty({0, 1, kWienerSize, kWienerSize}); }

// Without a word from the user a tenth of the patches is noisier, so that a frame with more noise than the pair's is
// not made worse; it costs about 0.1 dB on frames like the pair's.
Variation variation_of(const TrainSettings& settings) {
  Variation variation{.drawn = settings.synthetic};
  if (settings.noise_jitter == 1) variation.jittered = 0;
  if (settings.noise_jitter > 1) variation = {settings.synthetic, 1, settings.noise_jitter};
  return variation;
}

}  // namespace

ChosenSource make_patch_source(const TrainingPair& pair, const Region& part, Border border, PatchSizes sizes,
                               const TrainSettings& settings, bool sees_filters) {
  const auto [patch, margin] = sizes;
  const auto augment = settings.augment;
  const bool is_grey = pair.clean.channels() == 1;
  const bool is_asked_for = augment == Augment::redegrade;
  if (is_asked_for && !is_grey)
    throw ArgumentError(text("augment: redegrade works on 1-channel pairs, this one has ", pair.clean.channels(),
                             "; use none, or train on the luma"));
  if (augment != Augment::none && is_grey) {
    const auto found = identify_degradation(pair, part, border);
    const auto filters = sees_filters ? wiener_filters(found) : no_filters();
    const auto side = patch + 2 * margin;
    const bool fits = fits_bank(part, found, filters, side);
    if (is_asked_for && !fits)
      throw ArgumentError(text("augment: redegrade needs more room around a patch of ", patch, " than this pair of ",
                               name_of(pair.clean.extent()), " has; use a smaller patch, or none"));
    if (fits && (is_asked_for || found.explains_the_pair())) {
      auto bank = make_degraded_bank(pair, part, found, filters, side, settings.synthetic > 0, settings.seed);
      const auto variation = variation_of(settings);
      return {std::make_unique<RedegradingSource>(std::move(bank), patch, margin, variation), Augment::redegrade,
              filters.size(0) > 0 ? filters : torch::Tensor()};
    }
  }
  return {std::make_unique<PatchSampler>(pair, part, patch, margin, border), Augment::none, {}};
}

}  // namespace firstframe
