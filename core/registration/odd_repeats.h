#pragma once

#include <torch/torch.h>

#include <vector>

namespace firstframe {

// Which repeats, and which parts of them, show something else than the others. All work on block means of repeats that
// lie on each other, [N, rows, cols], and allow each repeat a brightness and contrast of its own. What is compared is
// the median of the repeats, so that up to half of them may be odd.

/// How unlike the others each repeat is: its mean squared distance from the median, as a multiple of what is typical
/// (the lower median of all). 1 for two repeats: which of them is odd cannot be told.
std::vector<double> unlikeness(const torch::Tensor& blocks);

/// How well each repeat agrees with the mean of the others, as a correlation, -1..1.
std::vector<double> agreement(const torch::Tensor& blocks);

/// What each block is worth in the mean, 0..1: 1 up to 4 times the change that noise explains (usual_change), then
/// falling with the square. Blocks, not pixels: speckle is skewed, and to leave out its bright pixels would darken the
/// mean. All 1 for two repeats.
torch::Tensor block_weights(const torch::Tensor& blocks);

}  // namespace firstframe
