#pragma once

#include <torch/torch.h>

#include <optional>

#include "core/degradation/identified.h"
#include "core/training/pair.h"
#include "core/training/patch_source.h"

namespace firstframe {

/// Draws patches of a pair that differs by noise alone, but by noise that has no law to draw it from: speckle that
/// neighbouring pixels share, with long tails on one side.
///
/// Half of the patches are the clean frame under noise from elsewhere in the pair: what degraded is more than
/// gain x clean + offset, correlation, skew and all. The scene below it is tilted (its columns moved up and down) and stretched
/// down, so that the layers of one frame stand for those of another. The other half are the pair itself, tilted by whole
/// pixels: there what ties the noise to the scene is kept. All are mirrored both ways, and contrast, brightness and sign
/// are changed.
///
/// A network learns one frame by heart within seconds; docs/oct.md has what each part is worth against it.
class RenoisingSource final : public PatchSource {
 public:
  /// \param pair      1 channel, of one extent, checked (check_pair)
  /// \param part      patches with their margins lie inside it
  /// \param variance  of noise that follows the brightness, at what lies below it: moved noise is made as strong as
  ///                  it is where it comes to lie
  /// \throws ArgumentError when a patch with its margin does not fit the part
  RenoisingSource(const TrainingPair& pair, const Region& part, std::int64_t patch, std::int64_t margin,
                  std::optional<VarianceLaw> variance = {});

  PatchBatch draw(std::int64_t count, torch::Generator& generator) const override;

  /// Whether patches with their margins fit a part.
  static bool fits(const Region& part, std::int64_t patch, std::int64_t margin);

 private:
  float relative_strength(float to, float from) const;

  torch::Tensor clean_, noise_;  // [rows, cols] of the part, normalised
  float gain_ = 1, offset_ = 0;  // degraded = gain clean + offset + noise
  std::int64_t patch_;
  std::int64_t margin_;
  std::optional<VarianceLaw> variance_;
};

}  // namespace firstframe
