#include "core/training/held_out_psnr.h"

#include <iomanip>
#include <sstream>
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

std::string held_out_complaint(const ModelInfo& info) {
  constexpr double kHardlyAnything = 0.01;  // dB: a network that died restores what it sees
  if (!info.held_out_psnr || !info.held_out_degraded_psnr || *info.held_out_psnr > *info.held_out_degraded_psnr + kHardlyAnything) return {};
  std::ostringstream out;
  out << std::fixed << std::setprecision(2) << "the part of the pair kept out of training came with " << *info.held_out_degraded_psnr
      << " dB and is restored to " << *info.held_out_psnr
      << " dB: this model makes no picture better; train longer, with another seed, or on a pair that shows more of what is to be restored";
  return out.str();
}

}  // namespace firstframe
