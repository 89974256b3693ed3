#include "core/training/make_patch_source.h"

#include <utility>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/base/thread_budget.h"
#include "core/restorers/wiener_filters.h"
#include "core/training/degraded_bank.h"
#include "core/training/identify.h"
#include "core/training/patch_sampler.h"
#include "core/training/redegrading_source.h"
#include "core/training/renoising_source.h"

namespace firstframe {
namespace {

// Without a word from the user a tenth of the patches is noisier, so that a frame with more noise than the pair's is
// not made worse; it costs about 0.1 dB on frames like the pair's.
Variation variation_of(const TrainSettings& settings) {
  Variation variation{.drawn = settings.synthetic};
  if (settings.noise_jitter == 1) variation.jittered = 0;
  if (settings.noise_jitter > 1) variation = {settings.synthetic, 1, settings.noise_jitter};
  return variation;
}

// The degradation from the clean section to the one that was given, on `part` of the clean one. Nothing when that is too
// small to tell.
std::optional<IdentifiedDegradation> identified(const TrainingPair& given, const PreparedPair& prepared, const Region& part) {
  if (!prepared.aligned) return identify_degradation(given, part, prepared.border);
  const auto factor = prepared.upscale.factor;
  const auto small = [&](std::int64_t length, std::int64_t most) { return std::min(most, length / factor); };
  const Region small_part{0, 0, small(part.rows, given.degraded.extent().rows), small(part.cols, given.degraded.extent().cols)};
  const Region clean_part{0, 0, factor * small_part.rows, factor * small_part.cols};
  if (!can_identify(small_part.extent())) return std::nullopt;
  return identify_downscaled(Section(given.degraded.view().crop(small_part)), Section(given.clean.view().crop(clean_part)));
}

SeenThrough seen_through(const IdentifiedDegradation& found, const PreparedPair& prepared, const Region& part,
                         const PatchNeeds& needs) {
  SeenThrough through{prepared.upscale, {}, 1};
  if (prepared.aligned) through.multiple = needs.multiple;
  if (!needs.sees_filters) return through;
  // Of a small frame the network sees the upsampled one, whose blur is the upsampling's as well.
  const auto filters =
      wiener_filters(prepared.aligned ? identify_degradation(*prepared.aligned, part, prepared.border) : found);
  if (filters.size(0) > 0) through.filters = filters;
  return through;
}

}  // namespace

ChosenSource make_patch_source(const TrainingPair& given, const PreparedPair& prepared, const Region& part,
                               PatchNeeds needs, const TrainSettings& settings, std::stop_token stop) {
  const auto& pair = prepared.aligned ? *prepared.aligned : given;
  const auto grid = prepared.aligned ? needs.multiple : 1;
  const auto margin = (needs.margin + grid - 1) / grid * grid;
  const auto augment = settings.augment;
  const auto as_it_is = [&] {
    return ChosenSource{std::make_unique<PatchSampler>(pair, part, needs.patch, margin, prepared.border, grid), Augment::none, {}};
  };
  if (augment == Augment::none) return as_it_is();
  if (pair.clean.channels() > 1) {
    if (augment == Augment::automatic) return as_it_is();
    throw ArgumentError(text("augment: ", name_of(augment), " works on 1-channel pairs, this one has ", pair.clean.channels(),
                             "; use none, or train on the luma"));
  }

  const auto found = identified(given, prepared, part);
  const auto renoised = [&] {
    const auto variance = found && found->noise.follows_brightness() ? std::optional(found->noise.variance) : std::nullopt;
    return ChosenSource{std::make_unique<RenoisingSource>(pair, part, needs.patch, margin, variance), Augment::renoise, {}};
  };
  const bool fits_renoising = RenoisingSource::fits(part, needs.patch, margin) && !prepared.aligned;
  if (augment == Augment::renoise) {
    if (!fits_renoising)
      throw ArgumentError(text("augment: renoise takes a pair of one size and more room around a patch of ", needs.patch,
                               " than this one of ", name_of(pair.clean.extent()), " has; use a smaller patch, or none"));
    return renoised();
  }

  const bool is_asked_for = augment == Augment::redegrade;
  const auto through = found ? seen_through(*found, prepared, part, needs) : SeenThrough{};
  const auto side = needs.patch + 2 * margin;
  const bool fits = found && fits_bank(part, *found, through, side, settings.blur_jitter);
  if (is_asked_for && !fits)
    throw ArgumentError(text("augment: redegrade needs more room around a patch of ", needs.patch, " than this pair of ",
                             name_of(pair.clean.extent()), " has; use a smaller patch, or none"));
  if (fits && (is_asked_for || found->explains_the_pair())) {
    auto bank = make_degraded_bank(pair, part, *found, through, {side, settings.synthetic > 0, settings.blur_jitter, settings.seed,
                                                                 thread_budget(settings.threads)}, std::move(stop));
    return {std::make_unique<RedegradingSource>(std::move(bank), needs.patch, margin, variation_of(settings)),
            Augment::redegrade, through.filters};
  }
  return found && found->is_mere_noise() && fits_renoising ? renoised() : as_it_is();
}

}  // namespace firstframe
