#pragma once

#include <torch/torch.h>

#include <vector>

#include "core/restorers/network.h"
#include "core/training/losses/loss.h"
#include "core/training/patch_source.h"

namespace firstframe {

/// A loss and the weights that lower it: the network's, or those of a discriminator beside it.
struct Objective {
  LossFunction loss;
  std::vector<torch::Tensor> weights;
};

/// The loss of a batch and its gradient by every weight.
struct BatchGradient {
  double loss = 0;
  std::vector<torch::Tensor> by_weight;  // in the order of the objective's weights
};

/// Draws a batch in shards, on TBB, with LibTorch single-threaded in each, and sums their gradients in order.
///
/// A shard's patches depend on `seed` and its number alone, so the gradient is the same bytes for any number of
/// threads. No OpenMP team is formed: its idle threads spin, which on a machine with other work to do (a decoder, an
/// encoder) costs more than ten times the step.
///
/// Scored are the pixels that the network restores and the clean patch shows: its margin, and what a network of one
/// pixel per patch leaves out, are not.
///
/// \param count       patches in the batch
/// \param seed        of this step; another one draws other patches
/// \param objectives  all see the same patches, restored once
/// \param threads     1 or more; a GPU takes the whole batch at once
/// \return a gradient for each objective
std::vector<BatchGradient> batch_gradient(Network& network, const PatchSource& source, std::int64_t count,
                                          std::uint64_t seed, const std::vector<Objective>& objectives,
                                          torch::Device device, int threads);

/// The same for the network alone.
BatchGradient batch_gradient(Network& network, const PatchSource& source, std::int64_t count, std::uint64_t seed,
                             LossFunction loss, torch::Device device, int threads);

}  // namespace firstframe
