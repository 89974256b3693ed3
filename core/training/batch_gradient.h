#pragma once

#include <torch/torch.h>

#include <vector>

#include "core/restorers/network.h"
#include "core/training/losses/loss.h"
#include "core/training/patch_sampler.h"

namespace firstframe {

/// The loss of a batch and its gradient by every weight.
struct BatchGradient {
  double loss = 0;
  std::vector<torch::Tensor> by_weight;  // in the order of network.parameters()
};

/// Computes them in shards of the batch, on TBB, with LibTorch single-threaded in each.
///
/// The shards depend on the batch alone and are summed in order, so the gradient is the same bytes for any number of
/// threads. No OpenMP team is formed: its idle threads spin, which on a machine with other work to do (a decoder, an
/// encoder) costs more than ten times the step.
///
/// \param margin   pixels at every edge of the restored patches that are not scored
/// \param threads  1 or more; a GPU takes the whole batch at once
BatchGradient batch_gradient(Network& network, const PatchSampler::Batch& batch, std::int64_t margin, LossFunction loss,
                             int threads);

}  // namespace firstframe
