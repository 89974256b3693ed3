#include "core/training/held_out_psnr.h"

#include <utility>

#include "core/base/thread_budget.h"
#include "core/tiling/upsampled_input.h"
#include "core/training/held_out.h"
#include "core/training/held_out_stripe.h"

namespace firstframe {

std::optional<double> held_out_psnr(const Restorer& restorer, const TrainingPair& pair,
                                    const TrainSettings& settings, std::stop_token stop) {
  const auto& info = restorer.info();
  const auto extent = pair.clean.extent();
  if (info.channels != pair.clean.channels() || info.scale != scale_of(pair.degraded.extent(), extent))
    return std::nullopt;
  // Where the stripe lies does not depend on the patch, only whether it fits beside two of them.
  const auto stripe = split_held_out(extent, settings.held_out, /*patch=*/1).stripe;
  const auto threads = thread_budget(settings.threads);
  if (info.scale == 1)
    return HeldOutStripe(pair, stripe).psnr_restored(restorer, threads, 1, std::move(stop));
  // Seen as this restorer sees a frame, whatever phases another found in the same pair.
  const TrainingPair aligned{upsampled(pair.degraded.view(), upscale_of(info), extent, info.border),
                             pair.clean};
  return HeldOutStripe(aligned, stripe).psnr_restored(restorer, threads, 1, std::move(stop));
}

}  // namespace firstframe
