#pragma once

#include <torch/torch.h>

namespace firstframe {

/// Correlates a 1-channel frame with several filters: [N, 1, H, W] to [N, filters, H, W], zeros beyond the edge. The
/// same as torch::conv2d(frame, filters, {}, 1, size / 2), but for the order of its sums.
///
/// Each of the 4 x 4 phases of the frame becomes a channel, and each phase of the result is a sum over all of them: one
/// convolution of 16 channels into 16 per filter, for which processors are made, instead of 1 into 1.
/// Cost: for two filters of 25 x 25 on one core with avx512 0.012 ms per 1000 pixels instead of 0.08.
///
/// \param filters  [filters, 1, size, size] float32, size odd
torch::Tensor filtered(const torch::Tensor& frame, const torch::Tensor& filters);

}  // namespace firstframe
