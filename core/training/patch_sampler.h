#pragma once

#include <torch/torch.h>

#include "core/frame/border.h"
#include "core/training/held_out.h"
#include "core/training/pair.h"

namespace firstframe {

/// Draws random patches from a training pair, as tensor operations: one gather a batch.
class PatchSampler {
 public:
  struct Batch {
    torch::Tensor degraded;  // [N, C, patch + 2 margin, patch + 2 margin], normalised
    torch::Tensor clean;     // [N, C, patch, patch]
  };

  /// \param pair    checked (check_pair)
  /// \param part    patches of the clean section lie inside it
  /// \param margin  degraded pixels beyond a patch; outside the section they come from `border`
  PatchSampler(const TrainingPair& pair, const Region& part, std::int64_t patch, std::int64_t margin, Border border,
               torch::Device device);

  /// `count` patches at independent, uniformly random places.
  Batch draw(std::int64_t count, torch::Generator& generator) const;

 private:
  torch::Device device_;
  torch::Tensor degraded_;  // every patch as a view: [rows, cols, C, side, side]
  torch::Tensor clean_;
};

/// A rectangle of a section, extended by `border` where it leaves it: [C, rows, cols], normalised float32.
torch::Tensor normalised_tensor(const Section& section, const Region& region, Border border);

}  // namespace firstframe
