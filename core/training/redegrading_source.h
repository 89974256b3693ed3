#pragma once

#include "core/training/degraded_bank.h"
#include "core/training/patch_source.h"

namespace firstframe {

/// How freely patches are varied.
struct Variation {
  double drawn = 0.7;         // share of patches cut from drawn scenes instead of the frame, 0..1
  double jittered = 0.1;      // share of patches with another strength of noise, 0..1
  double most_noise = 10;     // they carry none to this many times the identified noise
};

/// Draws patches of the clean frame, and of drawn scenes, degraded afresh as the pair shows it: its kernel, new noise
/// every time. Contrast, brightness and sign are changed too, so that one frame stands for many; the degradation itself
/// is never turned or scaled.
/// This is worth 2 dB over training on the given pair alone, and the drawn scenes another quarter (docs/decisions/0006).
class RedegradingSource final : public PatchSource {
 public:
  RedegradingSource(DegradedBank bank, std::int64_t patch, std::int64_t margin, const Variation& variation);

  PatchBatch draw(std::int64_t count, torch::Generator& generator) const override;

 private:
  DegradedBank bank_;
  std::int64_t patch_;
  std::int64_t margin_;
  Variation variation_;
};

}  // namespace firstframe
