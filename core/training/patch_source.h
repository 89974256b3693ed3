#pragma once

#include <torch/torch.h>

namespace firstframe {

/// Patches to take one step on.
struct PatchBatch {
  torch::Tensor degraded;  // [N, C, patch + 2 margin, patch + 2 margin], normalised
  torch::Tensor clean;     // [N, C, patch, patch]
};

/// Where training patches come from. Immutable: several threads may draw at once, each with its own generator.
class PatchSource {
 public:
  virtual ~PatchSource() = default;

  /// `count` patches; every random choice is made by `generator`.
  virtual PatchBatch draw(std::int64_t count, torch::Generator& generator) const = 0;
};

}  // namespace firstframe
