#pragma once

#include <torch/torch.h>

#include "core/frame/border.h"
#include "core/frame/section.h"
#include "core/training/pair.h"
#include "core/training/patch_source.h"

namespace firstframe {

/// Draws random patches from a training pair as it is given, by tensor operations: one gather a batch.
class PatchSampler final : public PatchSource {
 public:
  using Batch = PatchBatch;

  /// \param pair    checked (check_pair)
  /// \param part    patches of the clean section lie inside it
  /// \param margin  degraded pixels beyond a patch; outside the section they come from `border`
  /// \param grid    first rows and columns of patches are multiples of it in the section, and `margin` is one, so that
  ///                a network of this multiple() sees them as it sees a whole frame
  PatchSampler(const TrainingPair& pair, const Region& part, std::int64_t patch, std::int64_t margin, Border border,
               std::int64_t grid = 1);

  /// `count` patches at independent, uniformly random places.
  PatchBatch draw(std::int64_t count, torch::Generator& generator) const override;

 private:
  torch::Tensor degraded_;  // every patch as a view: [grid rows, grid cols, C, side, side]
  torch::Tensor clean_;
};

/// A rectangle of a section, extended by `border` where it leaves it: [C, rows, cols], normalised float32.
torch::Tensor normalised_tensor(const Section& section, const Region& region, Border border);

}  // namespace firstframe
