#include "core/training/held_out_stripe.h"

#include <utility>

#include "core/metrics/psnr.h"
#include "core/tiling/restore_tiled.h"

namespace firstframe {

std::optional<double> HeldOutStripe::psnr_degraded() const {
  if (!stripe_) return std::nullopt;
  return psnr(pair_.degraded.view().crop(*stripe_), clean());
}

std::optional<double> HeldOutStripe::psnr_restored(const Restorer& restorer, int threads, std::int64_t ensemble,
                                                   std::stop_token stop) const {
  if (!stripe_) return std::nullopt;
  Section restored(SampleType::float32, pair_.clean.channels(), stripe_->extent());
  RestoreSettings settings;
  settings.threads = threads;
  settings.ensemble = ensemble;
  restore_tiled(restorer, pair_.degraded.view(), *stripe_, restored.span(), settings, std::move(stop));
  return psnr(restored.view(), clean());
}

}  // namespace firstframe
