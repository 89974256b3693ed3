#pragma once

#include <optional>
#include <stop_token>

#include "core/restorers/restorer.h"
#include "core/training/pair.h"

namespace firstframe {

/// The part of a pair that training never sees, to measure restorers on. Empty when the pair had none to spare.
class HeldOutStripe {
 public:
  /// \param pair  must outlive the stripe
  HeldOutStripe(const TrainingPair& pair, const std::optional<Region>& stripe) : pair_(pair), stripe_(stripe) {}

  bool empty() const { return !stripe_; }

  /// PSNR of the degraded stripe, dB. Nothing when the stripe is empty.
  std::optional<double> psnr_degraded() const;

  /// PSNR of the stripe as `restorer` restores it, with the whole pipeline, border and all.
  /// \throws Cancelled when a stop was requested
  std::optional<double> psnr_restored(const Restorer& restorer, int threads, std::int64_t ensemble = 1,
                                      std::stop_token stop = {}) const;

 private:
  SectionView clean() const { return pair_.clean.view().crop(*stripe_); }

  const TrainingPair& pair_;
  std::optional<Region> stripe_;
};

}  // namespace firstframe
