#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <vector>

#include "core/degradation/identified.h"
#include "core/training/pair.h"

namespace firstframe {

/// A clean picture with what a network sees of it once it is degraded, before noise.
struct BankPicture {
  torch::Tensor clean;  // [1, rows, cols], normalised
  torch::Tensor seen;   // [1 + filters, rows, cols]: kernel * clean, then what each filter changes of it
};

/// What patches are cut from: whole pictures, degraded once, and a field of noise as the network sees it.
struct DegradedBank {
  std::vector<BankPicture> given;  // the clean frame, at several scales, turned and mirrored
  std::vector<BankPicture> drawn;  // dead leaves in its tones
  torch::Tensor noise;             // [1 + filters, side, side]: white noise of the identified strength
  float gain = 1;                  // a constant picture x is seen as gain x + offset
  float offset = 0;
};

/// Prepares the pictures on TBB, by FFT.
///
/// Blur, filters and noise are linear, so contrast, brightness and strength of noise can still be changed after: a step
/// then costs a copy instead of a degradation.
///
/// \param part     of the clean frame to use. A frame larger than kBankWindow is represented by windows of that side
/// \param filters  [filters, 1, size, size] as wiener_filters makes them
/// \param least_side  of a picture, pixels; smaller copies are left out
/// \param seed     of windows, drawn scenes and noise
///
/// Cost: for a 256 x 256 pair about 0.3 s on two cores, 60 MB.
DegradedBank make_degraded_bank(const TrainingPair& pair, const Region& part, const IdentifiedDegradation& degradation,
                                const torch::Tensor& filters, std::int64_t least_side, bool is_drawing,
                                std::uint64_t seed);

/// Whether a part can be used: it holds a square of `least_side` and more than kernel and filters reach.
bool fits_bank(const Region& part, const IdentifiedDegradation& degradation, const torch::Tensor& filters,
               std::int64_t least_side);

constexpr std::int64_t kBankWindow = 256;  // pixels

}  // namespace firstframe
