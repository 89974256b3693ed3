#pragma once

#include <cstdint>
#include <vector>

#include "core/engine/packed_layer.h"
#include "core/engine/recurrent_graph.h"
#include "core/engine/row_kernels.h"

namespace firstframe {

/// A recurrent patch encoder, packed once and run on many patches at once without LibTorch: a step of all of them is one
/// product with the input's and the state's weights side by side. bf16 or float32 states, float32 sums.
/// Immutable; memory is the calling thread's Scratch.
class RecurrentEngine {
 public:
  /// \param kernels  outlive the engine
  RecurrentEngine(const RecurrentGraph& graph, const RowKernels& kernels);

  const RowKernels& kernels() const { return kernels_; }
  std::int64_t patch() const { return patch_; }
  Extent block() const { return block_; }
  std::int64_t channels() const { return channels_; }
  std::int64_t steps() const { return steps_; }
  std::int64_t outputs() const { return outputs_; }

  /// Values of a step with what fills its last word.
  std::int64_t padded_inputs() const { return padded_channels(kernels_, channels_ * block_.area()); }

  /// How many steps run() reads out.
  std::int64_t steps_read() const { return makes_one_pixel_ ? 1 : steps_; }

  /// \param count   patches
  /// \param steps   [steps, count, padded_inputs] in the kernels' type, the patches' means subtracted
  /// \param change  [steps_read, count, outputs]
  void run(std::int64_t count, const std::uint32_t* steps, float* change) const;

 private:
  struct Scan {
    PackedLayer first, next, out;  // without a state, with one, and the read-out
    bool is_upward;
    std::int64_t steps;
  };

  const RowKernels& kernels_;
  std::int64_t channels_, patch_;
  Extent block_;
  std::int64_t steps_, latent_, outputs_;
  bool makes_one_pixel_;
  std::vector<Scan> scans_;
};

}  // namespace firstframe
