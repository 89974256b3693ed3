#pragma once

#include <torch/torch.h>

#include <vector>

#include "core/restorers/network.h"
#include "core/training/losses/loss.h"
#include "core/training/patch_source.h"

namespace firstframe {

/// The loss of a batch and its gradient by every weight.
struct BatchGradient {
  double loss = 0;
  std::vector<torch::Tensor> by_weight;  // in the order of network.parameters()
};

/// Draws a batch in shards, on TBB, with LibTorch single-threaded in each, and sums their gradients in order.
///
/// A shard's patches depend on `seed` and its number alone, so the gradient is the same bytes for any number of threads. No OpenMP team is formed: its idle threads spin, which on a machine with other work to do (a decoder, an
/// encoder) costs more than ten times the step.
///
/// \param count    patches in the batch
/// \param seed     of this step; another one draws other patches
/// \param threads  1 or more; a GPU takes the whole batch at once
BatchGradient batch_gradient(Network& network, const PatchSource& source, std::int64_t count, std::uint64_t seed,
                             LossFunction loss, torch::Device device, int threads);

}  // namespace firstframe
