#pragma once

#include <torch/torch.h>

namespace firstframe {

/// Side of the blocks that frames are compared by, pixels: noise averages out in them, things that move do not.
inline constexpr std::int64_t kBlock = 8;

/// The means of the whole blocks of a plane. \param plane  [rows, cols] float32, at least one block
torch::Tensor block_means(const torch::Tensor& plane);

/// What change is usual, as a standard deviation, for every block: 1.48 times the median among the blocks of like
/// brightness, since noise may follow the brightness.
///
/// \param change      how much each block changed, >= 0
/// \param brightness  its mean, of the same shape
torch::Tensor usual_change(const torch::Tensor& change, const torch::Tensor& brightness);

}  // namespace firstframe
