#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

#include "core/training/pair.h"
#include "core/training/picture_degrader.h"

namespace firstframe {

/// What patches are cut from: whole pictures, degraded once, and a field of noise as the network sees it.
struct DegradedBank {
  std::vector<BankPicture> given;  // the clean frame, at several scales, turned and mirrored
  std::vector<BankPicture> drawn;  // dead leaves in its tones
  torch::Tensor noise;             // [1 + filters, side, side]: white noise of the identified strength
  /// Of noise that follows the brightness: its variance over that of `noise`, at what is seen before it is added. Of
  /// filtered copies it is an approximation, good where brightness is even over a filter's reach.
  std::optional<VarianceLaw> relative_variance;
  float gain = 1;                  // a constant picture x is seen as gain x + offset
  float offset = 0;
  std::int64_t multiple = 1;       // patches begin at multiples of it
};

/// What goes into a bank.
struct BankChoices {
  std::int64_t least_side = 1;  // of a picture, pixels; smaller copies are left out
  bool is_drawing = true;       // dead leaves beside the frame
  double blur_jitter = 0;       // kernels are stretched by up to this much either way, 0..0.5
  std::uint64_t seed = 1;       // of windows, drawn scenes and noise
  int threads = 1;              // 1 or more
};

/// Prepares the pictures on TBB.
///
/// Blur, filters and noise are linear, so contrast, brightness and strength of noise can still be changed after: a step
/// then costs a copy instead of a degradation.
///
/// \param part  of the clean frame to use. A frame of more than 2 kBankWindow^2 pixels is represented by windows of that side
///
/// \throws Cancelled when a stop was requested, a picture later at most
///
/// Cost: for a 256 x 256 pair about 0.3 s on two cores, 60 MB.
DegradedBank make_degraded_bank(const TrainingPair& pair, const Region& part, const IdentifiedDegradation& degradation,
                                const SeenThrough& through, const BankChoices& choices, std::stop_token stop = {});

/// Whether a part can be used: it holds a square of `least_side` and more than kernel and filters reach.
bool fits_bank(const Region& part, const IdentifiedDegradation& degradation, const SeenThrough& through,
               std::int64_t least_side, double blur_jitter = 0);

constexpr std::int64_t kBankWindow = 256;  // pixels

}  // namespace firstframe
